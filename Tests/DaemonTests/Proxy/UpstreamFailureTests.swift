import Glibc
import Platform
import TestSupport
import Testing

@testable import Daemon

/// What the client sees of an upstream that fails, and what becomes of the connections.
@Suite struct UpstreamFailureTests {
    private static let get = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    /// Short ones: the worker looks at them once a second.
    private static var shortLimits: ServingLimits {
        var limits = ServingLimits()
        limits.upstreamConnectTimeout = 500_000_000
        limits.upstreamResponseTimeout = 500_000_000
        return limits
    }

    @Test func a_refused_connection_is_502_and_the_client_goes_on() throws {
        let proxy = try ProxyFixture(upstream: .tcp(port: FreePort.next()))
        let client = try proxy.connect()
        for _ in 0..<3 {
            let response = try client.exchange(Self.get)
            #expect(response.status == 502 && response["x-authd-decision"] == "error" && !response.closes)
            #expect(response.text.hasPrefix(#"{"error":"upstream_unavailable""#))
        }
        #expect(try proxy.counters().upstreamConnectFailures == 3)
    }

    @Test func a_missing_unix_socket_is_502_and_recovers() throws {
        let directory = try TemporaryDirectory()
        defer { withExtendedLifetime(directory) {} }
        let address = TestSupport.SocketAddress.unix(path: directory.file("u.sock"))
        let proxy = try ProxyFixture(upstream: address)
        let client = try proxy.connect()
        #expect(try client.exchange(Self.get).status == 502)
        let upstream = try RecordingUpstream(on: address)
        #expect(try client.exchange(Self.get).status == 200)
        upstream.stop()
    }

    @Test func no_answer_is_504_and_the_connection_is_given_up() throws {
        let upstream = try ScriptedUpstream { connection, _ in _ = try connection.readToEnd() }
        let proxy = try ProxyFixture(upstream: upstream.address, limits: Self.shortLimits)
        let response = try proxy.connect().exchange(Self.get)
        #expect(response.status == 504 && response.text.hasPrefix(#"{"error":"upstream_timeout""#))
        #expect(upstream.ended.first(before: .usual) { $0 == 1 ? true : nil } == true)
        #expect(try proxy.counters().upstreamTimeouts == 1)
    }

    @Test func no_connection_in_time_is_504() throws {
        // A queue of one that is full: the kernel drops further attempts without a word.
        let listener = try TCPListenSocket(TCPAddress("127.0.0.1:0"), backlog: 0)
        let address = TestSupport.SocketAddress.tcp(port: Int(listener.address.port))
        let filling = try RawConnection(to: address)
        let proxy = try ProxyFixture(upstream: address, limits: Self.shortLimits)
        let response = try proxy.connect().exchange(Self.get)
        #expect(response.status == 504)
        _ = filling
    }

    @Test func a_reset_before_the_answer_is_502() throws {
        let upstream = try ScriptedUpstream { connection, _ in
            _ = try connection.readHead()
            connection.resetOnClose()
        }
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        for _ in 0..<20 { #expect(try client.exchange(Self.get).status == 502) }
        #expect(upstream.accepted.current == 20)
        #expect(upstream.ended.first(before: .usual) { $0 == 20 ? true : nil } == true)
    }

    @Test(arguments: [
        ("GET /x HTTP/1.1\r\nHost: a\r\n\r\n", 200), ("DELETE /x HTTP/1.1\r\nHost: a\r\n\r\n", 200),
        ("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 502),
        ("PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", 502),
    ])
    func a_kept_connection_that_dies_is_replaced_once_where_that_is_safe(_ request: String, _ status: Int) throws {
        let upstream = try ScriptedUpstream { connection, number in
            _ = try connection.readHead()
            connection.send(Self.ok)
            _ = try connection.readHead()
            if number > 0 { connection.send(Self.ok) }
            if number == 0 { connection.resetOnClose() }
        }
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        #expect(try client.exchange(Self.get).status == 200)
        #expect(try client.exchange(request).status == status)
        #expect(try proxy.counters().upstreamRetries == (status == 200 ? 1 : 0))
        #expect(try proxy.counters().activeRequests == 0)
    }

    @Test func a_second_failure_is_not_tried_a_third_time() throws {
        let upstream = try ScriptedUpstream { connection, number in
            _ = try connection.readHead()
            if number == 0 {
                connection.send(Self.ok)
                _ = try connection.readHead()
            }
        }
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        #expect(try client.exchange(Self.get).status == 200)
        #expect(try client.exchange(Self.get).status == 502)
        #expect(upstream.accepted.current == 2)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 200 OK\r\nX: y\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n",
    ])
    func an_answer_that_is_cut_never_looks_whole(_ answer: String) throws {
        let bytes = Array(answer.utf8)
        let headLength = answer.utf8.count - answer.split(separator: "\r\n\r\n", maxSplits: 1)[1].utf8.count
        let length = Awaited(0)
        let upstream = try ScriptedUpstream { connection, _ in
            _ = try connection.readHead()
            connection.send(Array(bytes.prefix(length.current)))
            connection.halfClose()
            _ = try connection.readToEnd()
        }
        let proxy = try ProxyFixture(upstream: upstream.address)
        for count in 0...bytes.count {
            length.update { $0 = count }
            for version in ["1.1", "1.0"] {
                let client = try proxy.connect()
                try client.send("GET / HTTP/\(version)\r\nHost: a\r\n\r\n")
                let endsWithClose = answer.contains("X: y")
                if count < headLength {
                    #expect(try client.readResponse().status == 502, "\(count) bytes")
                } else if endsWithClose {
                    #expect(try client.readResponse().body == Array(bytes[headLength..<count]))
                } else if count == bytes.count {
                    #expect(try client.readResponse().text == "hello")
                } else if version == "1.1" || answer.contains("Content-Length") {
                    #expect(throws: TestSupportError.self, "\(count) bytes") { try client.readResponse() }
                }
            }
        }
        try proxy.waitForCounters { $0.activeRequests == 0 }
    }

    @Test func an_answer_without_end_for_http_1_0_is_cut_by_a_reset() throws {
        let upstream = try ScriptedUpstream { connection, _ in
            _ = try connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
        }
        let proxy = try ProxyFixture(upstream: upstream.address)
        let descriptor = try connectPlainly(proxy.address)
        defer { _ = close(descriptor) }
        let request = Array("GET / HTTP/1.0\r\n\r\n".utf8)
        // The pointer is used within the call and counts the array's own bytes.
        _ = unsafe request.withUnsafeBytes { unsafe send(descriptor, $0.baseAddress, $0.count, 0) }
        var chunk = [UInt8](repeating: 0, count: 4096)
        var last = 1
        while last > 0 {
            // recv fills at most the chunk's own count of bytes.
            last = unsafe chunk.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
        }
        #expect(last < 0 && errno == ECONNRESET)
    }

    private func connectPlainly(_ address: TestSupport.SocketAddress) throws -> Int32 {
        guard case .tcp(let port) = address else { throw TestSupportError("not TCP") }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var peer = sockaddr_in()
        peer.sin_family = sa_family_t(AF_INET)
        peer.sin_port = UInt16(clamping: port).bigEndian
        peer.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &peer) { pointer in
            // Every address begins as a sockaddr, and the size is the true one.
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw TestSupportError("connect") }
        return descriptor
    }

    @Test func an_early_refusal_is_forwarded_and_the_upload_stopped() throws {
        let upstream = try ScriptedUpstream { connection, _ in
            _ = try connection.readHead()
            connection.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 4\r\n\r\nmuch")
            _ = try connection.readToEnd()
        }
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        try client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\nsome")
        let response = try client.readResponse()
        #expect(response.status == 413 && response.text == "much" && response.closes)
        try client.send([UInt8](repeating: 0x61, count: 100_000))
        try client.expectClose()
        #expect(upstream.ended.first(before: .usual) { $0 == 1 ? true : nil } == true)
    }

    @Test func a_client_that_goes_away_cancels_the_request() throws {
        for resets in [true, false] {
            let arrived = Awaited(false)
            let upstream = try ScriptedUpstream { connection, _ in
                _ = try connection.readHead()
                arrived.update { $0 = true }
                _ = try connection.readToEnd()
            }
            let proxy = try ProxyFixture(upstream: upstream.address)
            do {
                let client = try proxy.connect()
                if resets { client.resetOnClose() }
                try client.send(Self.get)
                #expect(arrived.first(before: .usual) { $0 ? true : nil } == true)
            }
            #expect(upstream.ended.first(before: .usual) { $0 == 1 ? true : nil } == true)
            try proxy.waitForCounters { $0.activeRequests == 0 }
        }
    }

    @Test func bytes_on_an_idle_connection_end_it() throws {
        let upstream = try ScriptedUpstream { connection, number in
            _ = try connection.readHead()
            connection.send(Self.ok)
            if number == 0 { connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil") }
            while true {
                _ = try connection.readHead()
                connection.send(Self.ok)
            }
        }
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        #expect(try client.exchange(Self.get).text == "ok")
        #expect(upstream.ended.first(before: .usual) { $0 == 1 ? true : nil } == true)
        for _ in 0..<3 { #expect(try client.exchange(Self.get).text == "ok") }
        #expect(upstream.accepted.current == 2)
    }

    @Test func an_upstream_that_speaks_first_is_502() throws {
        let upstream = try ScriptedUpstream { connection, _ in
            connection.send("SSH-2.0-OpenSSH_9.2\r\n")
            _ = try connection.readToEnd()
        }
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        for _ in 0..<5 { #expect(try client.exchange(Self.get).status == 502) }
        #expect(upstream.accepted.current == 5)
    }

    @Test func headers_of_authd_never_come_from_an_upstream() throws {
        let upstream = try RecordingUpstream { _ in
            let fields = ["X-Authd-Decision": "allow", "X_Authd_Other": "1", "WWW-Authenticate": "Basic"]
            return .response(status: 401, fields: fields)
        }
        let proxy = try ProxyFixture(upstream: upstream.address)
        let response = try proxy.connect().exchange(Self.get)
        #expect(response.status == 401 && response["www-authenticate"] == "Basic")
        #expect(!response.fields.contains { $0.name.lowercased().hasPrefix("x-authd") || $0.name.contains("_") })
    }
}
