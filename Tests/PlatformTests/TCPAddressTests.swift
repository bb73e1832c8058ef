import Testing

@testable import Platform

@Suite struct TCPAddressTests {
    @Test(arguments: [
        ("127.0.0.1:8080", "127.0.0.1:8080", true), ("localhost:1", "127.0.0.1:1", true),
        ("0.0.0.0:65535", "0.0.0.0:65535", false), ("10.1.2.3:0", "10.1.2.3:0", false),
        ("127.255.0.9:80", "127.255.0.9:80", true), ("128.0.0.1:80", "128.0.0.1:80", false),
        ("[::1]:8080", "[::1]:8080", true), ("[::]:80", "[::]:80", false),
        ("[2001:DB8:0:0::1]:443", "[2001:db8::1]:443", false), ("[::ffff:127.0.0.1]:5", "[::ffff:127.0.0.1]:5", true),
        ("[::ffff:10.0.0.1]:5", "[::ffff:10.0.0.1]:5", false), ("[::2]:5", "[::2]:5", false),
    ])
    func an_address_is_read_and_written(text: String, canonical: String, isLoopback: Bool) throws {
        let address = try TCPAddress(text)
        #expect(address.description == canonical)
        #expect(address.isLoopback == isLoopback)
        #expect(try TCPAddress(canonical) == address)
    }

    @Test(arguments: [
        "", ":", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:-1", "127.0.0.1:+1", "127.0.0.1:65536",
        "127.0.0.1:80 ", "127.0.0.1:8x", "127.1:80", "127.0.0.01:80", "0x7f.0.0.1:80", "example.com:80",
        "::1:80", "[::1]", "[::1]80", "[:80", "]:80", "[]:80", "[::1%lo]:80", "[::g]:80", "LOCALHOST:80", "*:80",
        "127.0.0.1:٨", "127.0.0.1\u{0}:80", "http://127.0.0.1:80",
    ])
    func what_is_no_address_is_refused(text: String) throws {
        let error = try #require(throws: SocketError.self) { _ = try TCPAddress(text) }
        #expect(error.code == .addressInvalid)
    }

    @Test func the_error_quotes_no_more_than_a_hundred_characters() throws {
        let error = try #require(throws: SocketError.self) { _ = try TCPAddress(String(repeating: "a", count: 9999)) }
        #expect(error.description.count < 300)
    }
}
