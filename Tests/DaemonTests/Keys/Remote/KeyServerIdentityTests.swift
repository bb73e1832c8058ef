import Configuration
import TestSupport
import Testing

@testable import Daemon

/// Keys come only from the server that the configuration, or the configured OpenID issuer, names.
@Suite struct KeyServerIdentityTests {
    private let key = IssuerKey("first")

    private func fixture(
        _ location: RemoteKeySettings.Location,
        authority: String? = nil,
        http: Bool = false
    ) throws -> RemoteKeyFixture {
        var settings = RemoteKeySettings(location)
        settings.timeout = .seconds(10)
        settings.certificateAuthority = authority
        settings.allowsLoopbackHTTP = http
        let fixture = try RemoteKeyFixture(settings)
        try fixture.awaitFetches(1)
        return fixture
    }

    // MARK: TLS

    @Test(
        .enabled(if: SystemTool.isExpected("openssl"), "openssl is not installed"),
        arguments: ["localhost", "127.0.0.1"]
    )
    func a_server_with_a_certificate_by_the_configured_authority_is_believed(host: String) throws {
        let authority = try CertificateAuthority()
        let tls = try authority.server("DNS:localhost,IP:127.0.0.1")
        let server = try KeyServer(tls: tls, .body(IssuerKey.set(key)))
        let fixture = try fixture(.keySet(url: server.url(host: host)), authority: authority.file)
        #expect(try fixture.ask(try key.token()) == .allowed, "\(fixture.log.current)")
    }

    @Test(
        .enabled(if: SystemTool.isExpected("openssl"), "openssl is not installed"),
        arguments: ["DNS:other.example", "DNS:localhost", "IP:127.0.0.2", "DNS:127.0.0.1"]
    )
    func a_certificate_for_another_name_is_not(names: String) throws {
        let authority = try CertificateAuthority()
        let server = try KeyServer(tls: try authority.server(names), .body(IssuerKey.set(key)))
        let fixture = try fixture(.keySet(url: server.url()), authority: authority.file)
        try expectNothing(fixture, server)
    }

    @Test(.enabled(if: SystemTool.isExpected("openssl"), "openssl is not installed"))
    func a_certificate_by_an_authority_that_is_not_the_configured_one_is_not() throws {
        let authority = try CertificateAuthority()
        let other = try CertificateAuthority()
        let server = try KeyServer(tls: try authority.server("IP:127.0.0.1"), .body(IssuerKey.set(key)))
        try expectNothing(try fixture(.keySet(url: server.url()), authority: other.file), server)
        // The system's authorities did not sign it either.
        try expectNothing(try fixture(.keySet(url: server.url())), server)
    }

    @Test(.enabled(if: SystemTool.isExpected("openssl"), "openssl is not installed"))
    func a_certificate_that_has_expired_is_not() throws {
        let authority = try CertificateAuthority()
        let server = try KeyServer(tls: try authority.server("IP:127.0.0.1", days: -1), .body(IssuerKey.set(key)))
        try expectNothing(try fixture(.keySet(url: server.url()), authority: authority.file), server)
    }

    @Test(.enabled(if: SystemTool.isExpected("openssl"), "openssl is not installed"))
    func a_file_of_authorities_that_is_missing_or_empty_stops_the_fetch() throws {
        let authority = try CertificateAuthority()
        let server = try KeyServer(tls: try authority.server("IP:127.0.0.1"), .body(IssuerKey.set(key)))
        let missing = authority.folder.file("nowhere.pem")
        try expectNothing(try fixture(.keySet(url: server.url()), authority: missing), server, .missing)
        let empty = try authority.folder.write("no certificate\n", to: "empty.pem")
        try expectNothing(try fixture(.keySet(url: server.url()), authority: empty), server, .contentRefused)
        #expect(server.record.current.connections == 0)
    }

    @Test func a_server_that_does_not_speak_tls_is_not_asked_for_anything() throws {
        let server = try KeyServer(.body(IssuerKey.set(key)))
        let url = server.url().replacing("http://", with: "https://")
        try expectNothing(try fixture(.keySet(url: url)), server)
    }

    private func expectNothing(
        _ fixture: RemoteKeyFixture,
        _ server: KeyServer,
        _ code: KeySourceFailure.Code = .unreachable
    ) throws {
        #expect(try fixture.ask(try key.token()) == .unavailable)
        #expect(try fixture.status().lastError?.code == code)
        #expect(server.requests == 0)
    }

    // MARK: Discovery

    private func document(_ server: KeyServer, keys: String, issuer: String? = nil) -> KeyServer.Answer {
        .body(#"{"issuer":"\#(issuer ?? server.url(""))","jwks_uri":"\#(keys)"}"#)
    }

    private static let wellKnown = "/.well-known/openid-configuration"

    @Test func the_key_set_that_the_issuer_names_is_fetched_and_may_be_elsewhere() throws {
        let keys = try KeyServer(.body(IssuerKey.set(key)))
        let issuer = try KeyServer(.bytes(""))
        issuer.set(Self.wellKnown, document(issuer, keys: keys.url("/k")))
        let fixture = try fixture(.openID(issuer: issuer.url("")), http: true)
        #expect(try fixture.ask(try key.token()) == .allowed, "\(fixture.log.current)")
        #expect(issuer.record.current.targets == [Self.wellKnown])
        #expect(keys.record.current.targets == ["/k"])
        // The document is kept for the next fetch.
        try fixture.fetchAgain()
        #expect(issuer.requests == 1)
        #expect(keys.requests == 2)
        // And asked for again after one that failed.
        keys.set(.bytes(""))
        try fixture.fetchAgain()
        keys.set(.body(IssuerKey.set(key)))
        try fixture.fetchAgain()
        #expect(issuer.requests == 2)
        #expect(try fixture.ask(try key.token()) == .allowed)
    }

    @Test func a_document_of_another_issuer_leads_nowhere() throws {
        let keys = try KeyServer(.body(IssuerKey.set(key)))
        let issuer = try KeyServer(.bytes(""))
        for name in ["https://other.example", issuer.url("/"), ""] {
            issuer.set(Self.wellKnown, document(issuer, keys: keys.url(), issuer: name))
            let fixture = try fixture(.openID(issuer: issuer.url("")), http: true)
            #expect(try fixture.ask(try key.token()) == .unavailable)
            #expect(try fixture.status().lastError?.code == .answerRefused)
        }
        #expect(keys.record.current.connections == 0)
    }

    @Test(arguments: [
        "http://keys.example/k", "file:///etc/hostname", "/keys", "", "http://user@127.0.0.1/", "http+unix://%2Fk/",
        "http://0.0.0.0/", "gopher://127.0.0.1/",
    ])
    func a_document_cannot_lead_to_an_address_that_the_configuration_could_not_name(address: String) throws {
        let issuer = try KeyServer(.bytes(""))
        issuer.set(Self.wellKnown, document(issuer, keys: address))
        let fixture = try fixture(.openID(issuer: issuer.url("")), http: true)
        #expect(try fixture.ask(try key.token()) == .unavailable)
        #expect(try fixture.status().lastError?.code == .answerRefused)
        #expect(issuer.record.current.targets == [Self.wellKnown])
    }

    @Test func a_token_cannot_name_a_place_to_fetch_from() throws {
        let server = try KeyServer(.body(IssuerKey.set(key)))
        let trap = try KeyServer(.body(IssuerKey.set(IssuerKey("trap"))))
        let fixture = try fixture(.keySet(url: server.url()), http: true)
        let thief = IssuerKey("trap")
        for name in ["jku", "x5u"] {
            let token = try thief.token(kid: "first", header: [name: .string(trap.url())])
            #expect(try fixture.ask(token).status == 401)
        }
        let embedded = try thief.token(kid: "trap", header: ["jwk": .verbatim(thief.jwk)])
        #expect(try fixture.ask(embedded).status == 401)
        #expect(trap.record.current.connections == 0)
    }
}
