import Authorization
import Configuration
import JOSE
import Testing

@Suite struct CompleteSampleTests {
    private let settings: Settings
    private let reading: ConfigurationReading

    init() throws {
        reading = ConfigurationReader.read(try Sample.node(Sample.complete))
        settings = try Sample.settings(Sample.complete)
    }

    @Test func it_has_neither_errors_nor_warnings() {
        #expect(reading.errors == [])
        #expect(reading.omittedErrors == 0)
        #expect(reading.warnings == [])
    }

    @Test func listeners_are_read_with_mode_peers_and_certificate() throws {
        let decision = try #require(settings.listeners.decision.first)
        #expect(settings.listeners.decision.count == 1)
        #expect(decision.address == .unix(.init(path: "/run/authd/decision.sock", mode: 0o660, group: nil)))
        #expect(decision.allowedPeers == [.name("www-data"), .number(0)])
        let proxy = try #require(settings.listeners.proxy.first)
        #expect(proxy.address == .tcp(TCPAddress(host: .ipv4("127.0.0.1"), port: 8080, isLoopback: true)))
        #expect(proxy.tls?.certificate == "F")
        #expect(proxy.tls?.key == "F")
        let admin = try #require(settings.listeners.admin.first)
        #expect(admin.address.description == "127.0.0.1:9181")
        #expect(admin.allowedPeers == nil)
        #expect(!settings.allowRemote)
    }

    @Test func the_issuer_and_its_keys_are_read() {
        #expect(
            settings.policy.issuers == [
                IssuerPolicy(
                    name: "invoker",
                    issuer: "https://issuer.example",
                    audiences: ["hello-api"],
                    algorithms: [.hs256],
                    leeway: 30,
                    maximumLifetime: 86_400,
                    requiredClaims: ["exp"],
                    types: [],
                    refusesFutureIssue: true,
                    credential: .authorization
                )
            ]
        )
        #expect(settings.keySources.map(\.source) == [.file("/etc/authd/secrets/jwt")])
        #expect(settings.keySources.map(\.overlap) == [300])
        #expect(settings.keySources.map(\.minimumSecretBytes) == [32])
    }

    @Test func rules_are_read_and_the_only_upstream_is_the_default() throws {
        let hello = RequestMatch(
            host: HostPattern("api.example"),
            path: try PathPattern("/hello/**"),
            methods: ["GET", "HEAD"]
        )
        let department = try #require(ClaimPath("department"))
        #expect(
            settings.policy.rules == [
                Rule(
                    name: "health",
                    match: RequestMatch(path: try PathPattern("/healthz"), methods: ["GET"]),
                    effect: .anonymous,
                    upstream: "hello"
                ),
                Rule(
                    name: "hello",
                    match: hello,
                    effect: .require(
                        Requirement(
                            issuer: "invoker",
                            scopes: ["hello.read"],
                            claims: [ClaimRequirement(claim: department, anyOf: [.string("eng"), .string("ops")])]
                        )
                    ),
                    upstream: "hello"
                ),
                Rule(name: "closed", match: RequestMatch(path: try PathPattern("/internal/**")), effect: .deny),
            ]
        )
    }

    @Test func headers_upstreams_limits_and_log_are_read() {
        #expect(settings.policy.identityHeaders.map(\.header) == ["X-Auth-Request-User", "X-Auth-Request-Groups"])
        #expect(settings.policy.identityHeaders.map(\.claim.text) == ["sub", "groups"])
        #expect(settings.upstreams.map(\.name) == ["hello"])
        #expect(settings.upstreams.map(\.address) == [.http(host: "127.0.0.1", port: 9090)])
        #expect(settings.revocations?.file == "/etc/authd/revoked.yaml")
        #expect(settings.policy.maximumTokenBytes == 8192)
        #expect(settings.limits == LimitSettings())
        #expect(settings.log == LogSettings())
        #expect(settings.eventLoops == nil)
        #expect(settings.realm == "authd")
    }

    @Test func remote_keys_and_https_upstreams_are_read() throws {
        var yaml = Sample.small("{ file: secret }", "{ jwks_url: \"https://issuer.example/keys?v=1\", overlap: 1h }")
            .replacing("HS256", with: "RS256")
        yaml += "upstreams: { a: { url: \"https://api.example\" } }\n"
        let settings = try Sample.settings(yaml)
        let remote = RemoteKeySettings(.keySet(url: "https://issuer.example/keys?v=1"))
        #expect(settings.keySources.map(\.source) == [.remote(remote)])
        #expect(settings.upstreams.map(\.address) == [.https(host: "api.example", port: 443)])
    }
}
