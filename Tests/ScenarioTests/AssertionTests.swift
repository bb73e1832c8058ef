import Crypto
import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// An upstream that trusts nothing but authd's signed word, whose keys it fetches itself.
    @Suite struct AssertionTests {
        private let token = TokenMint(secret: DaemonConfiguration.secret).token()
        private static let keySetPath = "/.well-known/authd/jwks.json"

        private func daemon(_ upstream: RecordingUpstream) throws -> (DaemonFixture, TemporaryDirectory) {
            let folder = try TemporaryDirectory()
            let path = try folder.write(P256.Signing.PrivateKey().pemRepresentation + "\n", to: "assertion.pem")
            var configuration = DaemonConfiguration(upstream: upstream.address)
            configuration.extra = "assertion: { key: \(path), audience: hello-service, lifetime: 30s }"
            return (try DaemonFixture(configuration), folder)
        }

        /// The claims, if the signature holds under a key that is fetched from `address`.
        private func claims(_ text: String, keysFrom address: SocketAddress) throws -> [String: Any]? {
            let set = try RawConnection(to: address).exchange(request("GET", Self.keySetPath))
            #expect(set.status == 200 && set["content-type"] == "application/jwk-set+json")
            #expect(set["cache-control"]?.contains("max-age=") == true)
            let token = try SignedToken(text)
            let key = try token.key(in: set.body)
            let point = try [0x04] + SignedToken.bytes("x", of: key) + SignedToken.bytes("y", of: key)
            let signature = try P256.Signing.ECDSASignature(rawRepresentation: token.signature)
            let publicKey = try P256.Signing.PublicKey(x963Representation: point)
            return publicKey.isValidSignature(signature, for: token.input) ? token.claims : nil
        }

        @Test func an_upstream_verifies_who_was_let_in_with_keys_from_every_listener() throws {
            let upstream = try RecordingUpstream()
            let (daemon, folder) = try daemon(upstream)
            defer { withExtendedLifetime(folder) {} }
            let forged = ["X-Authd-Assertion: forged"]
            _ = try RawConnection(to: daemon.proxy).exchange(request("GET", "/hello", token: token, fields: forged))
            let words = try #require(upstream.requests.first).values("x-authd-assertion")
            let word = try #require(words.first)
            #expect(words.count == 1)
            for address in [daemon.proxy, daemon.decision, daemon.decisionSocket, daemon.admin] {
                let claims = try #require(try claims(word, keysFrom: address))
                #expect(claims["sub"] as? String == "alice" && claims["aud"] as? String == "hello-service")
                let (start, end) = (claims["iat"] as? Int ?? 0, claims["exp"] as? Int ?? 0)
                #expect(end - start == 30 && abs(Double(start) - Date().timeIntervalSince1970) < 30)
                let details = claims["authd"] as? [String: Any]
                #expect(details?["rule"] as? String == "hello" && details?["issuer"] as? String == "main")
            }
        }

        @Test func a_gateway_is_given_the_word_to_pass_on_and_an_empty_one_for_nobody() throws {
            let upstream = try RecordingUpstream()
            let (daemon, folder) = try daemon(upstream)
            defer { withExtendedLifetime(folder) {} }
            let client = try RawConnection(to: daemon.decision)
            let allowed = try client.exchange(question("GET", "/hello", token: token))
            let word = try #require(allowed["x-authd-assertion"])
            #expect(try claims(word, keysFrom: daemon.decision)?["sub"] as? String == "alice")
            let anonymous = try client.exchange(question("GET", "/public/a", token: token))
            #expect(anonymous.status == 200 && anonymous["x-authd-assertion"] == "")
            let denied = try client.exchange(question("GET", "/hello"))
            #expect(denied.status == 401 && denied.values("x-authd-assertion").isEmpty)
        }

        @Test func a_new_key_signs_without_a_restart_and_old_words_stay_verifiable() throws {
            let upstream = try RecordingUpstream()
            let (daemon, folder) = try daemon(upstream)
            func word() throws -> String {
                let answer = try RawConnection(to: daemon.decision).exchange(question("GET", "/hello", token: token))
                return try #require(answer["x-authd-assertion"])
            }
            let old = try word()
            let name = try SignedToken(old).header["kid"] as? String
            try folder.replace("assertion.pem", with: P256.Signing.PrivateKey().pemRepresentation + "\n")
            let deadline = Deadline.usual
            var new = old
            while try SignedToken(new).header["kid"] as? String == name {
                try #require(!deadline.isPast, "the key was not taken up\n\(daemon.process.allOutput)")
                new = try word()
            }
            for text in [old, new] {
                #expect(try claims(text, keysFrom: daemon.decision)?["sub"] as? String == "alice")
            }
        }

        @Test func a_bad_key_at_start_is_78_and_nothing_of_it_is_shown() throws {
            let folder = try TemporaryDirectory()
            let secret = P256.Signing.PrivateKey().pemRepresentation
            let path = try folder.write(String(secret.dropLast(40)), to: "assertion.pem")
            var configuration = DaemonConfiguration()
            configuration.extra = "assertion: { key: \(path) }"
            let files = try DaemonFiles(configuration)
            for command in ["serve", "check"] {
                let process = try RunningProcess(
                    BuiltProducts.program("authd"),
                    [command, "--config", files.configurationFile]
                )
                #expect(try process.waitForExit() == .code(78), "\(command)")
                #expect(process.allOutput.contains("assertion.pem"), "\(process.allOutput)")
                #expect(!process.allOutput.contains(secret.split(separator: "\n")[1]))
            }
        }
    }
}
