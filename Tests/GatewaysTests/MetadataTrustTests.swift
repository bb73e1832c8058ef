import Authorization
import Gateways
import HTTPWire
import Testing

/// What a question is made of: the places that the door names, and nothing that anybody else may have said.
@Suite struct MetadataTrustTests {
    /// Fields that other programs take for the request, for its sender, or for a reason to let it through.
    private static let claims = [
        "X-Forwarded-Uri: /public", "X-Forwarded-Path: /public", "X-Forwarded-Prefix: /public",
        "X-Forwarded-Method: GET",
        "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "X-Forwarded-Port: 443", "X-Forwarded-Server: a",
        "X-Forwarded-For: 127.0.0.1", "X-Forwarded-For: 10.0.0.1", "X-Forwarded-For: ::ffff:127.0.0.1",
        "X-Real-IP: 127.0.0.1", "Forwarded: for=127.0.0.1;host=evil.example;proto=https", "X-Original-URL: /public",
        "X-Original-URI: /public", "X-Original-Method: GET", "X-Original-Host: evil.example", "X-Rewrite-URL: /public",
        "X-Envoy-Original-Path: /public", "X-Envoy-Internal: true", "X-Envoy-External-Address: 127.0.0.1",
        "X-HTTP-Method-Override: GET", "X-Auth-Request-User: root", "X-Auth-Request-Redirect: /public",
        "X_Forwarded_Uri: /public", "x.original.uri: /public", "User-Agent: GoogleHC/1.0",
        "User-Agent: kube-probe/1.30",
        "User-Agent: ELB-HealthChecker/2.0", "Origin: https://api.example", "Referer: https://api.example/public",
        "Connection: Authorization, X-Original-URI, X-Forwarded-Uri, Host", "Upgrade: websocket",
    ]

    /// The places of a question as text, or the refusal's name. nil: no head.
    private func question(_ start: String, _ fields: [String]) -> [String?]? {
        guard let asked = GatewayQuestion(["\(start) HTTP/1.1", "Host: api.example"] + fields) else { return nil }
        guard asked.dialect != nil else {
            return places(ProxyDialect.read(asked.head, asked.bytes.span, [.authorization]), asked.bytes)
        }
        switch asked.read() {
        case .ask(let request): return places(request, asked.bytes)
        case .refused(let reason): return [reason.rawValue]
        case nil: return nil
        }
    }

    private func places(_ request: AuthorizationRequest, _ bytes: [UInt8]) -> [String?] {
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        let credential = if case .token(let range, _) = request.credential { text(range) } else { "none" }
        return [text(request.method), text(request.target), request.host.map(text), credential]
    }

    // The built-in proxy and Envoy bring the request itself; no field may stand in for a part of it.
    @Test(arguments: claims)
    func the_request_line_and_host_are_all_that_is_asked_about(field: String) {
        for start in ["POST /admin?x", "POST /authorize/envoy/admin?x"] {
            let expected = ["POST", "/admin?x", "api.example", "abc"]
            #expect(question(start, ["Authorization: Bearer abc"]) == expected)
            #expect(question(start, ["Authorization: Bearer abc", field]) == expected)
            #expect(question(start, [field, "Authorization: Bearer abc"]) == expected)
        }
    }

    // nginx, Traefik and Caddy set the fields of their own dialect. One that the client sent besides is a second one.
    @Test(arguments: claims)
    func a_dialect_reads_its_own_fields_and_a_second_one_is_refused(field: String) {
        let dialects = [
            ("/authorize", ["X-Original-Method: POST", "X-Original-URI: /admin?x", "X-Original-Host: api.example"]),
            (
                "/authorize/forwarded",
                ["X-Forwarded-Method: POST", "X-Forwarded-Uri: /admin?x", "X-Forwarded-Host: api.example"]
            ),
        ]
        for (path, own) in dialects {
            let expected = ["POST", "/admin?x", "api.example", "none"]
            let isOwn = own.contains { $0.prefix { $0 != ":" } == field.prefix { $0 != ":" } }
            #expect(question("GET \(path)", own) == expected)
            for fields in [own + [field], [field] + own] {
                #expect(question("GET \(path)", fields) == (isOwn ? ["metadata_missing"] : expected), "\(path)")
            }
        }
    }

    // Bytes that are no text in a field that nobody reads do no harm; in one that is read they stay what they are.
    @Test func bytes_that_are_no_text_change_no_question() throws {
        var bytes = Array("POST /admin HTTP/1.1\r\nHost: a\r\nX-Any: ".utf8)
        bytes += [0xFF, 0xC0, 0xAF, 0xED, 0xA0, 0x80]
        bytes += Array("\r\nAuthorization: Bearer ".utf8) + [0xC3, 0x28] + Array("\r\n\r\n".utf8)
        var parser = RequestHeadParser()
        var head = RequestHead()
        #expect(parser.parse(bytes.span, into: &head) == .complete(length: bytes.count))
        let request = ProxyDialect.read(head, bytes.span, [.authorization])
        #expect(Array(bytes[request.target]) == Array("/admin".utf8))
        guard case .token(let token, _) = request.credential else {
            Issue.record("no token")
            return
        }
        #expect(Array(bytes[token]) == [0xC3, 0x28])
    }

    @Test func no_page_but_the_three_questions_can_be_asked_for() throws {
        for path in ["/metrics", "/healthz", "/readyz", "/debug/pprof/", "/ping", "/oauth2/auth", "/config/", "/."] {
            let asked = try #require(
                GatewayQuestion(["GET \(path) HTTP/1.1", "Host: a", "X-Original-URI: /", "X-Original-Method: GET"])
            )
            #expect(asked.dialect == nil, "\(path)")
        }
    }

    // Where nothing redirects, no redirect can be led astray.
    @Test(arguments: Reason.allCases)
    func no_decision_redirects(reason: Reason) {
        #expect([200, 401, 403, 503].contains(reason.decisionStatus))
        let policy = Policy(issuers: [], rules: [])
        let authorizer = Authorizer(AuthorizationSnapshot(policy: policy, keyRings: [], generation: 1))
        let replies = DecisionReplies(policy: policy, challenge: Challenge(realm: "authd"))
        var output: [UInt8] = []
        replies.append(Decision(reason), identity: authorizer.identity, end: .close, to: &output)
        #expect(!String(decoding: output, as: UTF8.self).lowercased().contains("location:"))
    }
}
