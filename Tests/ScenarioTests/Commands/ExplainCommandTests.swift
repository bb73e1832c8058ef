import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// `authd explain`: each step, the outcome last, and nothing of the token.
    @Suite struct ExplainCommandTests {
        private let files: DaemonFiles
        private let mint = TokenMint(secret: DaemonConfiguration.secret)

        init() throws { files = try DaemonFiles() }

        private func explain(_ uri: String, token: String? = nil, _ more: [String] = []) throws -> RunningProcess {
            let arguments = ["explain", "--config", files.configurationFile, "--method", "GET", "--uri", uri]
            return try AuthdProgram.run(arguments + (token == nil ? [] : ["--token-file", "-"]) + more, input: token)
        }

        private func lastLine(_ process: RunningProcess) -> String {
            process.standardOutput.split(separator: "\n").last.map(String.init) ?? ""
        }

        @Test func a_good_token_is_allowed_step_by_step() throws {
            let token = mint.token(["groups": ["a", "b"]])
            let explained = try explain("/hello?x=1", token: token)
            #expect(explained.exitStatus == .code(0), "\(explained.allOutput)")
            #expect(lastLine(explained) == "allow")
            for step in ["path", "rule", "credential", "algorithm", "issuer", "key", "signature", "exp", "scopes"] {
                let line = explained.standardOutput.split(separator: "\n").first { $0.hasPrefix("  \(step) ") }
                #expect(line?.contains(" ok ") == true, "\(step)\n\(explained.standardOutput)")
            }
            #expect(explained.standardOutput.contains("rule: hello"))
            #expect(explained.standardOutput.contains("reason: allowed"))
            #expect(explained.standardOutput.contains("sets: X-Auth-Request-User: alice"))
            #expect(explained.standardOutput.contains("sets: X-Auth-Request-Groups: a,b"))
            for part in token.split(separator: ".") { #expect(!explained.allOutput.contains(part)) }
            #expect(!explained.allOutput.contains(DaemonConfiguration.secret))
        }

        struct Denied: Sendable, CustomTestStringConvertible {
            var uri = "/hello"
            var changes: [String: JSONValue?]?
            var more: [String] = []
            let reason: String
            var testDescription: String { reason }
        }

        static let denied: [Denied] = [
            Denied(reason: "token_missing"),
            Denied(changes: ["exp": 1], reason: "token_expired"),
            Denied(changes: ["exp": nil], reason: "claim_missing"),
            Denied(changes: ["exp": "1"], reason: "claim_malformed"),
            Denied(changes: ["nbf": 4_000_000_000], reason: "token_not_yet_valid"),
            Denied(changes: ["exp": 4_000_000_000], reason: "lifetime_too_long"),
            Denied(changes: ["iat": 4_000_000_000, "exp": 4_000_000_001], reason: "issued_in_future"),
            Denied(changes: ["aud": "another"], reason: "audience_mismatch"),
            Denied(changes: ["iss": "https://another.example"], reason: "issuer_unknown"),
            Denied(changes: ["scope": "other"], reason: "scope_insufficient"),
            Denied(uri: "/eng", changes: ["department": "sales"], reason: "claim_mismatch"),
            Denied(uri: "/nowhere", reason: "no_rule"),
            Denied(uri: "/internal/x", changes: [:], reason: "rule_denies"),
            Denied(uri: "/hello//x", changes: [:], reason: "path_ambiguous"),
            Denied(uri: "/hello/%2e%2e/x", reason: "path_ambiguous"),
            Denied(more: ["--host", "a b"], reason: "host_invalid"),
            Denied(more: ["--method", "DELETE"], reason: "method_not_allowed"),
        ]

        @Test(arguments: denied)
        func a_denial_names_its_reason_and_what_to_do(denied: Denied) throws {
            let explained = try explain(denied.uri, token: denied.changes.map { mint.token($0) }, denied.more)
            #expect(explained.exitStatus == .code(1), "\(explained.allOutput)")
            #expect(lastLine(explained).hasPrefix("deny: \(denied.reason) — "), "\(explained.allOutput)")
            #expect(lastLine(explained).hasSuffix("."))
            #expect(explained.standardOutput.contains("FAILED  \(denied.reason)"), "\(explained.allOutput)")
        }

        @Test(arguments: [
            ("a.b.c", "token_malformed"), ("one two", "token_malformed"), ("a,b", "token_malformed"),
            (String(repeating: "a", count: 9000), "token_too_long"),
            ("eyJhbGciOiJub25lIn0.e30.c2ln", "algorithm_not_allowed"),
        ])
        func garbage_in_place_of_a_token_is_explained(token: String, reason: String) throws {
            let explained = try explain("/hello", token: token)
            #expect(explained.exitStatus == .code(1))
            #expect(lastLine(explained).hasPrefix("deny: \(reason) "), "\(explained.allOutput)")
        }

        @Test func a_forged_signature_is_found_out_and_its_claims_are_not_repeated() throws {
            let forged = TokenMint(secret: "some-other-secret-of-32-bytes-len").token(["sub": "mallory-was-here"])
            let explained = try explain("/hello", token: forged)
            #expect(lastLine(explained).hasPrefix("deny: signature_invalid "))
            #expect(!explained.allOutput.contains("mallory"))
        }

        @Test func the_clock_can_be_set() throws {
            let token = mint.token(["iat": 1_000_000, "exp": 1_000_060])
            #expect(try explain("/hello", token: token, ["--at", "1000030"]).exitStatus == .code(0))
            #expect(try explain("/hello", token: token, ["--at", "1000059.5"]).exitStatus == .code(0))
            let late = try explain("/hello", token: token, ["--at", "1000060"])
            #expect(late.exitStatus == .code(1) && late.standardOutput.contains("token_expired"))
        }

        @Test func a_token_comes_from_a_file_or_a_pipe() throws {
            try files.directory.write(mint.token() + "\n", to: "token", mode: 0o644)
            let arguments = ["--token-file", files.directory.file("token")]
            #expect(try explain("/hello", arguments).exitStatus == .code(0))
            let missing = try explain("/hello", ["--token-file", files.directory.file("nowhere")])
            #expect(missing.exitStatus == .code(1) && missing.standardOutput.isEmpty)
            let empty = try explain("/hello", token: "\n")
            #expect(empty.exitStatus == .code(1) && empty.standardError.contains("empty"))
        }

        private func explain(_ uri: String, _ more: [String]) throws -> RunningProcess {
            try explain(uri, token: nil, more)
        }

        @Test func a_minted_token_is_explained_as_allowed() throws {
            let command = """
                "$AUTHD" token mint --secret-file \(files.directory.file("jwt")) --issuer \(DaemonConfiguration.issuer) \
                --audience \(DaemonConfiguration.audience) --scope hello.read | \
                "$AUTHD" explain --config \(files.configurationFile) --method GET --uri /hello/x --token-file -
                """
            let explained = try AuthdProgram.shell(command)
            #expect(explained.exitStatus == .code(0), "\(explained.allOutput)")
        }

        @Test func rotating_and_retiring_change_the_explanation() throws {
            let old = mint.token()
            #expect(try AuthdProgram.run(["secret", "rotate", files.directory.file("jwt")]).exitStatus == .code(0))
            #expect(try explain("/hello", token: old).exitStatus == .code(0))
            #expect(try AuthdProgram.run(["secret", "retire", files.directory.file("jwt")]).exitStatus == .code(0))
            let explained = try explain("/hello", token: old)
            #expect(lastLine(explained).hasPrefix("deny: signature_invalid "), "\(explained.allOutput)")
        }

        @Test func an_issuer_with_a_cookie_is_asked_for_by_its_name() throws {
            let both = try DaemonFiles(edit: {
                $0.replacing(
                    "rules:\n",
                    with: """
                          - name: browser
                            issuer: https://browser.example
                            algorithms: [HS256]
                            keys: { file: jwt }
                            token_from: { cookie: session }
                        rules:

                        """
                )
            })
            let token = mint.token(["iss": "https://browser.example"])
            func outcome(_ more: [String]) throws -> RunningProcess {
                let common = ["explain", "--config", both.configurationFile, "--method", "GET", "--uri", "/hello"]
                return try AuthdProgram.run(common + ["--token-file", "-"] + more, input: token)
            }
            #expect(try outcome([]).standardOutput.contains("issuer_unknown"))
            // The issuer is known there; what fails is the rule, which wants another one.
            let cookie = try outcome(["--token-from", "session"])
            #expect(cookie.standardOutput.contains("signature") && !cookie.standardOutput.contains("issuer_unknown"))
            #expect(try outcome(["--token-from", "Authorization"]).standardOutput.contains("issuer_unknown"))
            #expect(try outcome(["--token-from", "elsewhere"]).exitStatus == .code(64))
        }

        @Test func the_clock_the_leeway_and_the_choice_of_the_key_are_shown() throws {
            let token = mint.token(["iat": 1_000_000, "exp": 1_000_060])
            let explained = try explain("/hello", token: token, ["--now", "1000030.5"]).standardOutput
            #expect(explained.contains("1000030.5, 1970-01-12T13:47:10Z"), "\(explained)")
            #expect(explained.contains("leeway 0 s"))
            #expect(explained.contains("key 1 of the file; the token has no kid"))
            let named = TokenMint(secret: DaemonConfiguration.secret, keyIdentifier: "MARKER").token()
            let other = try explain("/hello", token: named)
            #expect(other.standardOutput.contains("no key has a kid") && !other.allOutput.contains("MARKER"))
        }

        @Test func programs_get_the_same_as_json() throws {
            let allowed = try explain("/hello", token: mint.token(), ["--format", "json"])
            #expect(allowed.exitStatus == .code(0))
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(allowed.standardOutput.utf8)) as? [String: Any]
            )
            #expect(object["decision"] as? String == "allow" && object["rule"] as? String == "hello")
            #expect(object["issuer"] as? String == "main" && object["advice"] == nil)
            #expect((object["headers"] as? [String: String])?["X-Auth-Request-User"] == "alice")
            let steps = try #require(object["steps"] as? [[String: Any]])
            #expect(steps.count > 8 && steps.allSatisfy { $0["ok"] as? Bool == true })
            let denied = try explain("/hello", token: mint.token(["exp": 1]), ["--format", "json", "--now", "2"])
            #expect(denied.exitStatus == .code(1))
            #expect(denied.standardOutput.contains(#""ok":false,"reason":"token_expired""#), "\(denied.allOutput)")
            #expect(denied.standardOutput.contains(#""now":2.0,"time":"1970-01-01T00:00:02Z""#))
        }

        /// RFC 7515 appendix A.3: a token by ES256, and its key.
        private static let publishedKey =
            #"{"kty":"EC","crv":"P-256","#
            + #""x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#
        private static let publishedToken =
            "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6"
            + "Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQ"
            + "xfKTUJqPP3-Kg6NU1Q"

        @Test func remote_keys_are_not_fetched_but_may_be_given() throws {
            let remote = try DaemonFiles(edit: {
                $0.replacing(
                    "rules:\n",
                    with: """
                          - name: joe
                            issuer: joe
                            algorithms: [ES256]
                            keys: { jwks_url: "https://keys.invalid/jwks.json" }
                        rules:
                          - name: joes
                            match: { path: /joe }
                            require: { issuer: joe }

                        """
                )
            })
            try remote.directory.write(#"{"keys":[\#(Self.publishedKey)]}"#, to: "jwks.json", mode: 0o644)
            func outcome(_ more: [String]) throws -> RunningProcess {
                let common = ["explain", "--config", remote.configurationFile, "--method", "GET", "--uri", "/joe"]
                return try AuthdProgram.run(
                    common + ["--token-file", "-", "--now", "1300819000"] + more,
                    input: Self.publishedToken
                )
            }
            let without = try outcome([])
            #expect(without.exitStatus == .code(1), "\(without.allOutput)")
            #expect(lastLine(without).hasPrefix("error: keys_unavailable "))
            #expect(
                without.standardOutput.contains(
                    "note: the keys of issuer joe are remote (https://keys.invalid/jwks.json)"
                )
            )
            let file = remote.directory.file("jwks.json")
            for key in [file, "joe=" + file] {
                let with = try outcome(["--jwks", key])
                #expect(with.exitStatus == .code(0), "\(with.allOutput)")
                #expect(with.standardOutput.contains("algorithm") && with.standardOutput.contains("ES256"))
            }
            #expect(try outcome(["--jwks", "nobody=" + file]).exitStatus == .code(64))
            #expect(try outcome(["--jwks", "joe=" + file, "--jwks", file]).exitStatus == .code(64))
            #expect(try outcome(["--jwks", remote.directory.file("jwt")]).exitStatus == .code(78))
            #expect(try outcome(["--jwks", remote.directory.file("nowhere")]).exitStatus == .code(1))
        }

        @Test func a_rule_in_shadow_mode_allows_and_says_what_it_would_deny() throws {
            let shadow = try DaemonFiles(edit: { $0.replacing("deny: true", with: "deny: true\n    mode: shadow") })
            let explained = try AuthdProgram.run(
                ["explain", "--config", shadow.configurationFile, "--method", "GET", "--uri", "/internal/x"]
            )
            #expect(explained.exitStatus == .code(0), "\(explained.allOutput)")
            #expect(explained.standardOutput.contains("shadow: would deny: rule_denies"))
        }
    }
}
