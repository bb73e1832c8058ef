import Authorization
import Gateways
import Testing

@Suite struct DecisionReplyTests {
    private let policy: Policy

    init() throws {
        let rules = [
            Rule(name: "open", match: RequestMatch(path: try PathPattern("/open")), effect: .anonymous),
            Rule(
                name: "scoped",
                match: RequestMatch(path: try PathPattern("/scoped")),
                effect: .require(Requirement(scopes: ["a", "b"]))
            ),
        ]
        let claim = try #require(ClaimPath("sub"))
        policy = Policy(
            issuers: [],
            rules: rules,
            identityHeaders: [IdentityHeader(header: "X-Auth-Request-User", claim: claim)]
        )
    }

    private func reply(_ decision: Decision, end: DecisionReplies.End = .persistent) -> [String] {
        let authorizer = Authorizer(AuthorizationSnapshot(policy: policy, keyRings: [], generation: 1))
        let replies = DecisionReplies(policy: policy, challenge: Challenge(realm: "authd"))
        var output: [UInt8] = []
        replies.append(decision, identity: authorizer.identity, end: end, to: &output)
        return String(decoding: output, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    @Test func an_allow_names_its_rule_and_sets_every_identity_header() {
        let lines = reply(Decision(.allowed, rule: 0))
        #expect(lines.first == "HTTP/1.1 200 OK")
        #expect(lines.contains("X-Authd-Decision: allow"))
        #expect(lines.contains("X-Authd-Rule: open"))
        #expect(lines.contains("X-Auth-Request-User: "))
        #expect(lines.contains("Content-Length: 0"))
        #expect(lines.suffix(2) == ["", ""])
    }

    @Test(arguments: Reason.allCases.filter { $0 != .allowed })
    func a_denial_has_status_reason_challenge_and_no_store(reason: Reason) {
        let lines = reply(Decision(reason))
        let status: (String, String?) =
            switch reason.kind {
            case .credentialMissing: ("401 Unauthorized", #"Bearer realm="authd""#)
            case .credentialRepeated: ("401 Unauthorized", #"Bearer realm="authd", error="invalid_request""#)
            case .credentialInvalid: ("401 Unauthorized", #"Bearer realm="authd", error="invalid_token""#)
            case .insufficient: ("403 Forbidden", #"Bearer realm="authd", error="insufficient_scope""#)
            case .refused: ("403 Forbidden", nil)
            case .ownFailure, .allowed: ("503 Service Unavailable", nil)
            }
        #expect(lines.first == "HTTP/1.1 \(status.0)")
        #expect(
            lines.filter { $0.hasPrefix("WWW-Authenticate: ") } == status.1.map { ["WWW-Authenticate: \($0)"] } ?? []
        )
        #expect(lines.contains("X-Authd-Reason: \(reason.rawValue)"))
        #expect(lines.contains("X-Authd-Decision: \(reason.kind == .ownFailure ? "error" : "deny")"))
        #expect(lines.contains("Cache-Control: no-store"))
        #expect(!lines.contains { $0.hasPrefix("X-Authd-Rule") || $0.hasPrefix("X-Auth-Request") })
    }

    @Test func a_missing_scope_is_named_in_the_challenge() {
        let challenge = #"WWW-Authenticate: Bearer realm="authd", error="insufficient_scope", scope="a b""#
        #expect(reply(Decision(.scopeInsufficient, rule: 1)).contains(challenge))
    }

    @Test func an_allow_without_a_rule_is_a_503() {
        #expect(reply(Decision(.allowed)).first == "HTTP/1.1 503 Service Unavailable")
        #expect(reply(Decision(.allowed, rule: 7)).first == "HTTP/1.1 503 Service Unavailable")
    }

    @Test func every_rules_headers_are_set_in_every_allow() throws {
        var policy = policy
        let claim = try #require(ClaimPath("email"))
        policy.rules[1].headers = [
            IdentityHeader(header: "X-Mail", claim: claim), IdentityHeader(header: "x-auth-request-user", claim: claim),
        ]
        let authorizer = Authorizer(AuthorizationSnapshot(policy: policy, keyRings: [], generation: 1))
        let replies = DecisionReplies(policy: policy, challenge: Challenge(realm: "authd"))
        var output: [UInt8] = []
        replies.append(Decision(.allowed, rule: 0), identity: authorizer.identity, end: .persistent, to: &output)
        let text = String(decoding: output, as: UTF8.self)
        #expect(text.contains("\r\nX-Mail: \r\n"))
        #expect(text.lowercased().split(separator: "x-auth-request-user: ").count == 2)
    }

    @Test func the_assertions_field_is_set_in_every_allow_and_in_nothing_else() {
        let replies = DecisionReplies(
            policy: policy,
            challenge: Challenge(realm: "authd"),
            assertionHeader: "X-Authd-Assertion"
        )
        let authorizer = Authorizer(AuthorizationSnapshot(policy: policy, keyRings: [], generation: 1))
        func reply(_ decision: Decision, _ assertion: String) -> String {
            var output: [UInt8] = []
            let word = Array(assertion.utf8)
            replies.append(decision, identity: authorizer.identity, assertion: word, end: .persistent, to: &output)
            return String(decoding: output, as: UTF8.self)
        }
        #expect(reply(Decision(.allowed, rule: 0), "a.b.c").hasSuffix("\r\nX-Authd-Assertion: a.b.c\r\n\r\n"))
        #expect(reply(Decision(.allowed, rule: 0), "").hasSuffix("\r\nX-Authd-Assertion: \r\n\r\n"))
        #expect(!reply(Decision(.noRule), "a.b.c").contains("Assertion"))
        #expect(!reply(Decision(.scopeInsufficient, rule: 1), "a.b.c").contains("Assertion"))
    }

    @Test func the_end_says_what_becomes_of_the_connection() {
        #expect(!reply(Decision(.noRule)).contains { $0.hasPrefix("Connection") })
        #expect(reply(Decision(.noRule), end: .keepAlive).contains("Connection: keep-alive"))
        #expect(reply(Decision(.noRule), end: .close).contains("Connection: close"))
    }
}
