import Testing

@testable import Daemon

@Suite struct RemoteKeyURLTests {
    @Test(arguments: [
        "https://issuer.example/keys", "HTTPS://issuer.example", "https://issuer.example:8443/a?b=c", "https://[::1]/",
        "https://10.0.0.1/keys",
    ])
    func https_is_taken(text: String) {
        #expect(RemoteKeyURL(text, allowsLoopbackHTTP: false)?.isEncrypted == true)
    }

    @Test(arguments: [
        "", "keys", "/keys", "//issuer.example/keys", "http://issuer.example/keys", "http://127.0.0.1/keys",
        "file:///etc/passwd", "ftp://issuer.example/", "https://", "https:///keys", "https://user@issuer.example/",
        "https://user:word@issuer.example/", "https://issuer.example\\@evil.example/", "https://issuer.example/#a",
        "https://issuer.example/a b", "https://issuer.example/\u{e9}", "https://issuer.example:0/",
        "https://issuer.example:65536/", "https://issuer.example:/", "https://issuer.example:+80/", "https://[::1/",
        "https://[::1]x/", "https://[fe80::1%25eth0]/", "https://a:b:c/", "https://issuer.example/\n", "unix:/run/keys",
        "http+unix://%2Frun%2Fkeys/", "https+unix://%2Frun/", "https://%31/",
    ])
    func anything_else_is_not(text: String) {
        #expect(RemoteKeyURL(text, allowsLoopbackHTTP: false) == nil)
    }

    @Test(arguments: ["http://127.0.0.1:8000/keys", "http://127.1.2.3/", "http://localhost/keys", "http://[::1]:80/"])
    func http_to_this_machine_is_taken_where_it_is_allowed(text: String) {
        #expect(RemoteKeyURL(text, allowsLoopbackHTTP: true)?.isEncrypted == false)
        #expect(RemoteKeyURL(text, allowsLoopbackHTTP: false) == nil)
    }

    @Test(arguments: [
        "http://issuer.example/", "http://127.0.0.1.evil.example/", "http://localhost.evil.example/", "http://127.1/",
        "http://2130706433/", "http://0177.0.0.1/", "http://127.0.0.01/", "http://0.0.0.0/", "http://[::]/",
        "http://[::ffff:127.0.0.1]/", "http://10.0.0.1/", "http://127.0.0.256/", "http://127.0.0.1@evil.example/",
    ])
    func http_to_anywhere_else_never_is(text: String) {
        #expect(RemoteKeyURL(text, allowsLoopbackHTTP: true) == nil)
    }
}
