import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// `authd token inspect`: shows, and vouches for nothing.
    @Suite struct InspectTests {
        private func inspect(_ text: String, _ arguments: [String] = ["-"]) throws -> RunningProcess {
            try AuthdProgram.run(["token", "inspect"] + arguments, input: text)
        }

        private let mint = TokenMint(secret: DaemonConfiguration.secret)

        @Test func a_minted_token_shows_its_claims_and_says_loudly_that_nothing_is_verified() throws {
            let token = mint.token(["department": "eng"])
            for arguments in [["-"], []] {
                let shown = try inspect(token + "\n", arguments)
                #expect(shown.exitStatus == .code(0), "\(shown.allOutput)")
                #expect(shown.standardOutput.hasPrefix("NOT VERIFIED"))
                #expect(shown.standardOutput.contains("\"department\": \"eng\""))
                #expect(shown.standardOutput.contains("\"alg\": \"HS256\""))
                #expect(!shown.allOutput.contains(token.split(separator: ".")[2]))
            }
        }

        @Test func a_file_a_pipe_and_a_copied_header_are_taken() throws {
            let directory = try TemporaryDirectory()
            let token = mint.token()
            try directory.write(token, to: "token", mode: 0o644)
            #expect(try AuthdProgram.run(["token", "inspect", directory.file("token")]).exitStatus == .code(0))
            #expect(try inspect("  Bearer \(token)\r\n").exitStatus == .code(0))
            try directory.write(DaemonConfiguration.secret, to: "jwt")
            let mint = "\"$AUTHD\" token mint --secret-file \(directory.file("jwt"))"
            let piped = mint + " | \"$AUTHD\" token inspect /dev/stdin"
            #expect(try AuthdProgram.shell(piped).exitStatus == .code(0))
        }

        @Test func times_are_told_in_words() throws {
            let token = mint.sign(payload: #"{"iat":0,"nbf":1700000000.5,"exp":253402300799,"x":1}"#)
            let shown = try inspect(token).standardOutput
            #expect(shown.contains("1970-01-01T00:00:00Z"), "\(shown)")
            #expect(shown.contains("2023-11-14T22:13:20Z"))
            #expect(shown.contains("9999-12-31T23:59:59Z  in "))
        }

        @Test(arguments: [#""1700000000""#, "1e400", "-1e300", "null", "true", "[1]", "253402300800"])
        func a_time_that_is_none_is_called_so(value: String) throws {
            let shown = try inspect(mint.sign(payload: #"{"exp":\#(value)}"#))
            #expect(shown.exitStatus == .code(0), "\(shown.allOutput)")
            #expect(shown.standardOutput.contains("exp  not a time"), "\(shown.standardOutput)")
        }

        @Test func text_of_the_token_moves_no_cursor_and_makes_no_line() throws {
            let hostile = #"{"sub":"\u001b[2Jx\r\nsignature: VERIFIED\u202e\u2066\u0085\u009b\u200b\ufeff","a\nb":1}"#
            let shown = try inspect(mint.sign(payload: hostile))
            #expect(shown.exitStatus == .code(0))
            let allowed = shown.standardOutput.unicodeScalars.allSatisfy {
                $0 == "\n" || (0x20...0x7E).contains($0.value)
            }
            #expect(allowed, "\(shown.standardOutput)")
            #expect(shown.standardOutput.split(separator: "\n").count { $0.hasPrefix("signature:") } == 1)
        }

        static let malformed: [String] = [
            "", " \n", "a", "a.b", "a.b.c", "a.b.c.d", "..", "e30..c2ln", ".e30.c2ln", "e30.e30.", "e30.e30.c2ln.",
            "e30=.e30.c2ln", "e30.e30.c2l+", "e30.e3 0.c2ln", "bnVsbA.e30.c2ln", "e30.W10.c2ln", "e31.e30.c2ln",
            "e30.\u{0}e30.c2ln", "eyJhIjoxLCJhIjoyfQ.e30.c2ln", "e30.eyJhIjoxLCJhIjoyfQ.c2ln", "e30.e30.c2l",
            "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..aaaa.bbbb.cccc",
        ]

        @Test(arguments: malformed)
        func garbage_is_refused_and_not_repeated(text: String) throws {
            let shown = try inspect(text)
            #expect(shown.exitStatus == .code(1), "\(shown.allOutput)")
            #expect(shown.standardOutput.isEmpty)
            #expect(text.count < 6 || !shown.standardError.contains(text))
        }

        @Test func what_is_too_long_or_not_there_is_refused() throws {
            #expect(try inspect(String(repeating: "a", count: 1 << 20)).exitStatus == .code(1))
            #expect(try AuthdProgram.run(["token", "inspect", "/nowhere/token"]).exitStatus == .code(1))
            #expect(try AuthdProgram.run(["token", "inspect", "/"]).exitStatus == .code(1))
            let directory = try TemporaryDirectory()
            try directory.write(mint.token(), to: "token")
            #expect(try Unprivileged.run(["token", "inspect", directory.file("token")]).exitStatus == .code(77))
        }

        @Test func deep_nesting_is_refused_and_does_not_crash() throws {
            let depth = 20_000
            let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            let shown = try inspect(mint.sign(payload: #"{"a":\#(nested)}"#))
            #expect(shown.exitStatus == .code(1))
        }
    }
}
