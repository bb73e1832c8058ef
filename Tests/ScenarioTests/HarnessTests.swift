import Foundation
import Glibc
import TestSupport
import Testing

extension Scenarios {
    /// The harness has to be right before anything that it says counts.
    @Suite struct HarnessTests {
        private func hexadecimal(_ bytes: [UInt8]) -> String {
            bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }

        @Test func hashes_agree_with_the_standard() {
            let abc = Array("abc".utf8)
            #expect(
                hexadecimal(SHA2.sha256.hash(abc)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            )
            #expect(
                hexadecimal(SHA2.sha384.hash(abc))
                    == "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
            )
            #expect(
                hexadecimal(SHA2.sha512.hash(abc))
                    == "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                    + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
            )
        }

        // RFC 4231 §4.3, test case 2.
        @Test func keyed_hashes_agree_with_RFC_4231() {
            let mac = TokenMint.hmac(.sha256, key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))
            #expect(hexadecimal(mac) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
            let long = TokenMint.hmac(.sha512, key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))
            #expect(hexadecimal(long).hasPrefix("164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"))
        }

        @Test func hashes_agree_with_openssl_for_many_lengths() throws {
            let openssl = try SystemTool.required("openssl")
            for length in [0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 1000] {
                let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ length) }
                for hash in SHA2.allCases {
                    let run = try RunningProcess.run(openssl, ["dgst", "-\(hash.rawValue)", "-r"], input: bytes)
                    #expect(run.standardOutput.hasPrefix(hexadecimal(hash.hash(bytes))), "\(hash) of \(length) bytes")
                }
            }
        }

        // RFC 7515 A.1: key, header, payload and signature as printed there.
        @Test func tokens_are_those_of_RFC_7515() throws {
            let key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
            let mint = TokenMint(secret: try #require(TokenMint.bytes(base64url: key)))
            let token = mint.sign(
                headerText: "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}",
                payload: "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}",
            )
            #expect(token.hasSuffix(".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        }

        @Test func secrets_and_tokens_are_found_wherever_they_stand_in_a_log_and_however_short_they_are_cut() {
            let secret = "Unspeakable-secret-of-this-test-0123"
            let token = TokenMint(secret: secret).token(["sub": "nobody-else-in-this-test"])
            let parts = token.split(separator: ".").map(String.init)
            func count(_ text: String) -> Int { Unspeakable.count(in: text.utf8) }
            #expect(count("{\"message\":\"\(secret)\"}") == 1)
            #expect(count("key=\(secret.prefix(16)), and more") == 1)
            #expect(count("Bearer \(token)") == 2)
            #expect(count("…\(parts[2].prefix(20))…\n…\(parts[1].prefix(16))") == 2)
            // The header is no secret, and neither is a word that is as long.
            #expect(count("\(parts[0]) \(secret.prefix(15)) \(secret.dropFirst()) signature_invalid") == 0)
        }

        /// Twice, and the second time it may be another thread's, whose file or pipe then ends for no reason.
        @Test func a_connection_that_fails_closes_its_descriptor_once() throws {
            let nobody = SocketAddress.tcp(port: try FreePort.next())
            #expect(throws: TestSupportError.self) { try RawConnection(to: nobody) }
            errno = 0
            _ = try? RawConnection(to: nobody)
            #expect(errno == ECONNREFUSED)
        }

        @Test func an_upstream_records_what_a_client_sends() throws {
            let upstream = try RecordingUpstream { .response(status: 200, body: "got \($0.body.count)") }
            let client = try RawConnection(to: upstream.address)
            let chunked = "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
            #expect(try client.exchange(chunked).text == "got 5")
            #expect(try client.exchange("GET /b HTTP/1.1\r\nX-A: 1\r\nx-a: 2\r\n\r\n").text == "got 0")
            let requests = try upstream.waitForRequests(2)
            #expect(requests.map(\.target) == ["/a", "/b"])
            #expect(requests[1].values("X-A") == ["1", "2"])
            try client.send("GARBAGE\r\n\r\n")
            try client.expectClose()
            #expect(upstream.record.current.garbage.count == 1)
            #expect(
                upstream.allBytes.count == chunked.utf8.count + "GET /b HTTP/1.1\r\nX-A: 1\r\nx-a: 2\r\n\r\n".utf8.count
                    + 11
            )
        }

        @Test func a_process_is_read_awaited_and_signalled() throws {
            let process = try RunningProcess("/bin/sh", ["-c", "echo first; echo second >&2; exec sleep 1000"])
            #expect(try process.waitForLine(containing: "first") == "first")
            #expect(try process.waitForLine(containing: "second") == "second")
            #expect(process.isRunning)
            #expect(try process.stop() == .signal(15))
            let failing = try RunningProcess.run("/bin/sh", ["-c", "cat; exit 78"], input: Array("in".utf8))
            #expect(failing.exitStatus == .code(78))
            #expect(failing.standardOutput == "in")
            #expect(throws: TestSupportError.self) { try failing.waitForLine(containing: "never") }
        }

        @Test func a_value_that_never_comes_ends_at_the_deadline() {
            let value = Awaited(0)
            #expect(value.first(before: Deadline(after: .milliseconds(20))) { $0 > 0 ? $0 : nil } == nil)
        }
    }
}
