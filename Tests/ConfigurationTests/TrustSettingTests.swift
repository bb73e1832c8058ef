import Configuration
import Testing

/// Other programs have settings with which they trust what a client says, or let through what they could not check. authd
/// has none, and says so to whoever brings one along. The advisories stand in `docs/advisories.md`.
@Suite struct TrustSettingTests {
    @Test(arguments: [
        "trusted_proxies: [0.0.0.0/0]", "trusted_ips: [127.0.0.1]", "trust_forward_header: true", "reverse_proxy: true",
        "skip_auth_routes: [\"^/public\"]", "skip_auth_regex: [x]", "failure_mode_allow: true", "fail_open: true",
        "insecure: true", "ping_user_agent: GoogleHC", "whitelist_domains: [x]", "email_domains: [\"*\"]",
        "allow_missing: true", "anonymous: true", "default: allow", "forward_body: true", "error_page: x",
    ])
    func a_setting_that_would_trust_is_an_unknown_key(line: String) throws {
        let name = line.prefix { $0 != ":" }
        let errors = Sample.errors(Sample.small(adding: line))
        #expect(errors.count == 1 && errors.allSatisfy { $0.contains("\(name): unknown key") }, "\(errors)")
    }

    @Test(arguments: [
        "allow_missing: true", "allow_missing_or_failed: true", "fail_open: true", "verify: false",
        "skip_signature: true",
        "insecure_skip_verify: true", "group: admins", "groups: [admins]", "skip_audience: true", "jku: true",
    ])
    func an_issuer_that_is_told_to_look_away_is_refused(line: String) {
        let name = line.prefix { $0 != ":" }
        let keys = "keys: { file: secret }"
        let errors = Sample.errors(Sample.small(keys, "\(keys)\n    \(line)"))
        #expect(errors.count == 1 && errors.allSatisfy { $0.contains("\(name): unknown key") }, "\(errors)")
    }

    // CVE-2021-21411: a restriction that is not understood must not be a restriction that is not there.
    @Test(arguments: [
        "groups: [admins]", "allowed_groups: [admins]", "roles: [admin]", "claim: { a: b }", "scope: [a]",
        "scopes_any: [a]",
    ])
    func a_restriction_that_is_not_known_is_refused_and_not_ignored(line: String) {
        let name = line.prefix { $0 != ":" }
        let errors = Sample.errors(Sample.small("require: {", "require: { \(line),"))
        #expect(errors.contains { $0.contains("\(name)") }, "\(errors)")
    }
}
