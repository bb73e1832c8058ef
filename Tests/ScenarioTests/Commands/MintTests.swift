import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// `authd token mint`, read with nothing of the product.
    @Suite struct MintTests {
        private let directory: TemporaryDirectory
        private let secret = DaemonConfiguration.secret

        init() throws {
            directory = try TemporaryDirectory()
            try directory.write(secret + "\n", to: "jwt")
        }

        @Test func the_first_secret_signs_and_the_token_stands_alone_on_one_line() throws {
            try directory.write(secret + "\nthe-older-one-of-32-bytes-length\n", to: "jwt")
            let minted = try AuthdProgram.run(["token", "mint", "--secret-file", directory.file("jwt")])
            #expect(minted.exitStatus == .code(0))
            #expect(minted.standardError.isEmpty)
            #expect(minted.standardOutput.wholeMatch(of: /[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\n/) != nil)
            let token = try TokenParts(String(minted.standardOutput.dropLast()))
            #expect(token.isSigned(by: Array(secret.utf8), .sha256))
            #expect(token.header["alg"] as? String == "HS256" && token.header["typ"] as? String == "JWT")
            #expect(token.header.count == 2)
        }

        @Test func every_option_becomes_its_claim() throws {
            let before = Int(Date().timeIntervalSince1970)
            let token = try TokenParts(
                AuthdProgram.mint(
                    directory.file("jwt"),
                    [
                        "--sub", "alice", "--issuer", "https://issuer.example", "--audience", "a", "--scope", "x y",
                        "--ttl", "5m", "--kid", "k1", "--claim", "department=eng", "--claim", "level=3",
                        "--claim", "groups=[\"a\",\"b\"]", "--claim", "admin=false", "--claim", "quoted=\"3\"",
                        "--claim", "equation=a=b", "--claim", "empty=",
                    ]
                )
            )
            let claims = token.claims
            #expect(token.header["kid"] as? String == "k1")
            #expect(claims["sub"] as? String == "alice" && claims["iss"] as? String == "https://issuer.example")
            #expect(claims["aud"] as? String == "a" && claims["scope"] as? String == "x y")
            #expect(claims["department"] as? String == "eng" && claims["level"] as? Int == 3)
            #expect(claims["groups"] as? [String] == ["a", "b"] && claims["admin"] as? Bool == false)
            #expect(claims["quoted"] as? String == "3" && claims["equation"] as? String == "a=b")
            #expect(claims["empty"] as? String == "")
            let issued = try #require(claims["iat"] as? Int)
            #expect((before...Int(Date().timeIntervalSince1970)).contains(issued))
            #expect(claims["exp"] as? Int == issued + 300)
        }

        @Test func several_audiences_are_an_array_and_no_audience_is_no_claim() throws {
            let options = ["--audience", "a", "--audience", "b"]
            let several = try TokenParts(AuthdProgram.mint(directory.file("jwt"), options))
            #expect(several.claims["aud"] as? [String] == ["a", "b"])
            let none = try TokenParts(AuthdProgram.mint(directory.file("jwt")))
            #expect(Set(none.claims.keys) == ["iat", "exp", "jti"])
        }

        @Test func no_two_tokens_have_the_same_jti() throws {
            let names = try (0..<4).map { _ in
                try TokenParts(AuthdProgram.mint(directory.file("jwt"))).claims["jti"] as? String
            }
            #expect(Set(names).count == 4 && !names.contains(nil))
        }

        @Test func a_claim_replaces_a_default_and_contradicts_no_option() throws {
            let token = try TokenParts(AuthdProgram.mint(directory.file("jwt"), ["--claim", "exp=12"]))
            #expect(token.claims["exp"] as? Int == 12)
            for twice in [["--sub", "a", "--claim", "sub=b"], ["--claim", "x=1", "--claim", "x=2"]] {
                let arguments = ["token", "mint", "--secret-file", directory.file("jwt")] + twice
                #expect(try AuthdProgram.run(arguments).exitStatus == .code(64))
            }
        }

        @Test(arguments: [("HS256", SHA2.sha256), ("HS384", .sha384), ("HS512", .sha512)])
        func a_JWK_signs_with_its_own_algorithm_and_kid(name: String, hash: SHA2) throws {
            let key = [UInt8](repeating: 0, count: 64).enumerated().map { UInt8($0.offset * 3 + 1) }
            let jwk = #"{"kty":"oct","kid":"one","alg":"\#(name)","k":"\#(TokenMint.base64url(key))"}"#
            for text in [jwk, #"{"keys":[\#(jwk),{"kty":"oct","kid":"two","k":"AAAA"}]}"#] {
                try directory.write(text, to: "jwks")
                let token = try TokenParts(AuthdProgram.mint(directory.file("jwks")))
                #expect(token.header["alg"] as? String == name && token.header["kid"] as? String == "one")
                #expect(token.isSigned(by: key, hash))
                let other = try TokenParts(AuthdProgram.mint(directory.file("jwks"), ["--kid", "elsewhere"]))
                #expect(other.header["kid"] as? String == "elsewhere")
            }
            let wrong = ["token", "mint", "--secret-file", directory.file("jwks"), "--algorithm"]
            let others = ["HS256", "HS384", "HS512"].filter { $0 != name }
            for other in others { #expect(try AuthdProgram.run(wrong + [other]).exitStatus == .code(1)) }
        }

        // The key of RFC 8037 §A.1; its thumbprint stands in §A.3.
        @Test func a_private_key_signs_under_its_thumbprint() throws {
            let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
            let secret = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
            try directory.write(#"{"kty":"OKP","crv":"Ed25519","x":"\#(x)","d":"\#(secret)"}"#, to: "jwk")
            let token = try TokenParts(AuthdProgram.mint(directory.file("jwk")))
            #expect(token.header["alg"] as? String == "EdDSA")
            #expect(token.header["kid"] as? String == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
            let wrong = ["token", "mint", "--secret-file", directory.file("jwk"), "--algorithm"]
            #expect(try AuthdProgram.run(wrong + ["ES256"]).exitStatus == .code(1))
            #expect(try AuthdProgram.run(wrong + ["RS256"]).exitStatus == .code(64))
            try directory.write(#"{"kty":"OKP","crv":"Ed25519","x":"\#(x)"}"#, to: "jwk")
            let refused = try AuthdProgram.run(["token", "mint", "--secret-file", directory.file("jwk")])
            #expect(refused.exitStatus == .code(1) && refused.standardError.contains("only verifies"))
        }

        @Test func the_algorithm_can_be_chosen_for_a_text_file() throws {
            let token = try TokenParts(AuthdProgram.mint(directory.file("jwt"), ["--algorithm", "HS512"]))
            #expect(token.header["alg"] as? String == "HS512" && token.isSigned(by: Array(secret.utf8), .sha512))
        }

        @Test func a_weak_secret_signs_with_a_warning_that_does_not_name_it() throws {
            try directory.write("mysecret\n", to: "jwt")
            let minted = try AuthdProgram.run(["token", "mint", "--secret-file", directory.file("jwt")])
            #expect(minted.exitStatus == .code(0))
            #expect(minted.standardError.contains("8 bytes") && minted.standardError.contains("32"))
            #expect(!minted.allOutput.contains("mysecret"))
            let token = try TokenParts(String(minted.standardOutput.dropLast()))
            #expect(token.isSigned(by: Array("mysecret".utf8), .sha256))
        }

        @Test(arguments: [
            ("", 0o600), ("two words\n", 0o600), ("-----BEGIN PUBLIC KEY-----\nMFkw\n", 0o600),
            ("{\"keys\":[]}", 0o600),
            ("{nonsense", 0o600), (DaemonConfiguration.secret, 0o644), (DaemonConfiguration.secret, 0o620),
        ])
        func a_key_file_that_must_not_be_used_makes_no_token(content: String, mode: Int) throws {
            try directory.write(content, to: "jwt", mode: UInt32(mode))
            let minted = try AuthdProgram.run(["token", "mint", "--secret-file", directory.file("jwt")])
            #expect(minted.exitStatus == .code(1), "\(minted.allOutput)")
            #expect(minted.standardOutput.isEmpty)
            #expect(minted.standardError.contains(directory.file("jwt")))
            #expect(content.isEmpty || !minted.allOutput.contains(content))
        }

        @Test func a_key_file_that_is_not_there_or_not_ours_is_named() throws {
            let missing = try AuthdProgram.run(["token", "mint", "--secret-file", directory.file("nowhere")])
            #expect(missing.exitStatus == .code(1) && missing.standardError.contains(directory.file("nowhere")))
            let forbidden = try Unprivileged.run(["token", "mint", "--secret-file", directory.file("jwt")])
            #expect(forbidden.exitStatus == .code(77), "\(forbidden.allOutput)")
        }
    }
}
