import TestSupport
import Testing

extension Scenarios {
    /// Whatever one client does, it gets the documented refusal and the others are served.
    @Suite struct HostileClientTests {
        private let upstream: RecordingUpstream
        private let daemon: DaemonFixture
        private let good = TokenMint(secret: DaemonConfiguration.secret).token()

        init() throws {
            upstream = try RecordingUpstream()
            daemon = try DaemonFixture(DaemonConfiguration(upstream: upstream.address))
        }

        private var doors: [SocketAddress] { [daemon.decision, daemon.decisionSocket, daemon.proxy, daemon.admin] }

        private func expectOthersAreServed() throws {
            let response = try RawConnection(to: daemon.decision).exchange(question("GET", "/hello", token: good))
            #expect(response.status == 200)
            #expect(try RawConnection(to: daemon.proxy).exchange(request("GET", "/hello", token: good)).status == 200)
            #expect(daemon.process.isRunning)
        }

        /// A refusal is a response with an error status, then the close.
        private func expectRefused(_ bytes: [UInt8], _ address: SocketAddress, _ statuses: Set<Int>) throws {
            let client = try RawConnection(to: address)
            try client.send(bytes)
            let response = try client.readResponse()
            #expect(statuses.contains(response.status), "\(address) said \(response.status)")
            try client.expectClose()
        }

        @Test func garbage_is_refused_and_the_connection_closed() throws {
            let hello: [UInt8] = [0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0]
            let garbage: [[UInt8]] = [
                hello, Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8), Array("SSH-2.0-OpenSSH_9.2\r\n".utf8),
                Array("PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n".utf8), Array("GET / HTTP/1.1\nHost: x\n\n".utf8),
                [UInt8](repeating: 0, count: 100),
            ]
            for bytes in garbage {
                for address in doors { try expectRefused(bytes, address, [400, 505]) }
            }
            try expectOthersAreServed()
            #expect(upstream.requests.allSatisfy { $0.target == "/hello" })
        }

        @Test func a_header_of_a_megabyte_is_refused_early() throws {
            let long = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
            for address in doors {
                try expectRefused(Array("GET / HTTP/1.1\r\nHost: x\r\nX-Long: ".utf8) + long, address, [431])
                try expectRefused(Array("GET /".utf8) + long, address, [414, 431])
            }
            let many = (0..<10_000).map { "X-\($0): 1\r\n" }.joined()
            for address in doors {
                try expectRefused(Array("GET / HTTP/1.1\r\nHost: x\r\n\(many)\r\n".utf8), address, [431])
            }
            try expectOthersAreServed()
        }

        @Test func clients_that_are_slow_or_silent_are_given_up_and_hold_nobody_up() throws {
            var waiting: [RawConnection] = []
            let silent = try doors.map { try RawConnection(to: $0) }
            for address in doors {
                for start in ["G", "GET /hello HTTP/1.1\r\nHost: x\r\nX-"] {
                    let client = try RawConnection(to: address)
                    try client.send(start)
                    waiting.append(client)
                }
            }
            try expectOthersAreServed()
            // A client that has begun a head gets 408 or is closed; one that has sent nothing may wait for longer.
            for client in waiting {
                let bytes = try client.readToEnd(before: .seconds(90))
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(text.isEmpty || text.hasPrefix("HTTP/1.1 408"), "\(text.prefix(60))")
            }
            #expect(silent.count == doors.count)
            try expectOthersAreServed()
        }

        @Test func many_connections_that_say_nothing_hold_nobody_up() throws {
            let idle = try (0..<300).map { number in try RawConnection(to: doors[number % doors.count]) }
            try expectOthersAreServed()
            #expect(idle.count == 300)
        }

        @Test func connections_that_are_reset_in_the_middle_leave_nothing_behind() throws {
            for number in 0..<200 {
                let client = try RawConnection(to: doors[number % 3])
                try client.send(
                    String(request("POST", "/hello", token: good, body: "0123456789").dropLast(number % 10))
                )
                client.resetOnClose()
            }
            try expectOthersAreServed()
        }

        @Test func a_request_that_is_denied_need_not_send_its_body() throws {
            let client = try RawConnection(to: daemon.proxy)
            try client.send("POST /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\nbegin")
            #expect(try client.readResponse(to: "POST").status == 401)
            #expect(upstream.requests.isEmpty)
            try expectOthersAreServed()
        }
    }
}
