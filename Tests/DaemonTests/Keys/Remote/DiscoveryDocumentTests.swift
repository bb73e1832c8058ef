import Testing

@testable import Daemon

@Suite struct DiscoveryDocumentTests {
    private func read(_ text: String) -> Result<DiscoveryDocument, DiscoveryDocument.Refusal> {
        let bytes = Array(text.utf8)
        return Result { () throws(DiscoveryDocument.Refusal) in
            try DiscoveryDocument(bytes.span, of: "https://issuer.example")
        }
    }

    @Test func the_key_set_is_found() throws {
        let document = try read(#"{"issuer":"https://issuer.example","jwks_uri":"https://keys.example/k"}"#).get()
        #expect(document.keySet == "https://keys.example/k")
    }

    @Test(arguments: [
        #"{"issuer":"https://issuer.example/","jwks_uri":"https://a/"}"#, #"{"jwks_uri":"https://a/"}"#,
        #"{"issuer":"https://ISSUER.example","jwks_uri":"https://a/"}"#,
        #"{"issuer":["https://issuer.example"],"jwks_uri":"https://a/"}"#, #"{"issuer":"","jwks_uri":"https://a/"}"#,
    ])
    func a_document_of_another_issuer_is_refused(text: String) {
        #expect(read(text) == .failure(.otherIssuer))
    }

    @Test(arguments: ["", "[]", "null", "<html>", #"{"issuer":"https://issuer.example""#, #"{"a":1,"a":2}"#])
    func what_is_no_document_is_refused(text: String) {
        #expect(read(text) == .failure(.notAnObject))
    }

    @Test(arguments: [#"{"issuer":"https://issuer.example"}"#, #"{"issuer":"https://issuer.example","jwks_uri":7}"#])
    func a_document_without_keys_is_refused(text: String) {
        #expect(read(text) == .failure(.noKeySet))
    }

    @Test func the_address_does_not_double_a_slash() {
        let expected = "https://issuer.example/a/.well-known/openid-configuration"
        #expect(DiscoveryDocument.address(of: "https://issuer.example/a") == expected)
        #expect(DiscoveryDocument.address(of: "https://issuer.example/a/") == expected)
    }
}
