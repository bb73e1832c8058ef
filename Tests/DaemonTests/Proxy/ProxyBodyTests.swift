import Platform
import TestSupport
import Testing

@testable import Daemon

/// Bodies, both ways.
@Suite struct ProxyBodyTests {
    /// Bytes that show where they stand: the period divides no buffer size.
    private static func pattern(_ count: Int) -> [UInt8] {
        let period = (0..<65_521).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 8) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + period.count)
        while bytes.count < count { bytes += period }
        return Array(bytes.prefix(count))
    }

    private static func chunked(_ body: [UInt8], by size: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var start = 0
        while start < body.count {
            let end = min(start + size, body.count)
            bytes += Array("\(String(end - start, radix: 16));name=value\r\n".utf8) + body[start..<end] + [13, 10]
            start = end
        }
        return bytes + Array("0\r\nX-Auth-Request-User: root\r\n\r\n".utf8)
    }

    /// Says back what it got, framed as the request was.
    private static func echo() throws -> RecordingUpstream {
        try RecordingUpstream { request in
            var head = "HTTP/1.1 200 OK\r\n"
            if request["transfer-encoding"] == nil {
                head += "Content-Length: \(request.body.count)\r\n\r\n"
                return .bytes(Array(head.utf8) + request.body, thenClose: false)
            }
            head += "Transfer-Encoding: chunked\r\n\r\n"
            return .bytes(Array(head.utf8) + chunked(request.body, by: 100_003), thenClose: false)
        }
    }

    @Test(arguments: [0, 1, 13, 4095, 4096, 4097, 65_536, 1_000_003, 64 << 20])
    func a_body_of_any_size_arrives_whole_both_ways(_ count: Int) throws {
        let upstream = try Self.echo()
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        let body = Self.pattern(count)
        try client.send(Array("POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: \(count)\r\n\r\n".utf8) + body)
        #expect(try client.readResponse().body == body)
        try client.send("POST /chunked HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        try client.send(Self.chunked(body, by: count > 5000 ? 70_001 : 7))
        #expect(try client.readResponse().body == body)
        #expect(upstream.requests.allSatisfy { $0.body == body } && upstream.record.current.garbage.isEmpty)
        #expect(try proxy.counters().upstreamConnects == 1)
    }

    @Test func tiny_chunks_are_joined_and_extensions_and_trailers_dropped() throws {
        let upstream = try Self.echo()
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        try client.send(
            Array("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
                + Self.chunked(Array("hello world".utf8), by: 1)
        )
        #expect(try client.readResponse().text == "hello world")
        let seen = String(decoding: upstream.allBytes, as: UTF8.self)
        #expect(seen.hasSuffix("\r\n\r\nb\r\nhello world\r\n0\r\n\r\n") && !seen.contains("root"))
    }

    @Test func an_approved_client_that_waits_for_100_gets_it_and_the_upstream_is_not_asked() throws {
        let upstream = try Self.echo()
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        for _ in 0..<2 {
            try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
            #expect(try client.readResponse().status == 100)
            try client.send("hello")
            #expect(try client.readResponse().text == "hello")
        }
        #expect(upstream.requests.allSatisfy { $0.values("expect").isEmpty })
    }

    @Test func an_answer_without_length_is_chunked_for_http_1_1_and_ends_with_the_connection_for_1_0() throws {
        let upstream = try RecordingUpstream { _ in
            .bytes(Array("HTTP/1.0 200 OK\r\nX: y\r\n\r\nhello".utf8), thenClose: true)
        }
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        for _ in 0..<2 {
            let response = try client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(response["transfer-encoding"] == "chunked" && response.text == "hello" && !response.closes)
        }
        let old = try client.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(old.values("transfer-encoding").isEmpty && old.closes && old.text == "hello")
    }

    @Test func answers_without_a_body_have_none() throws {
        let upstream = try RecordingUpstream { request in
            let status = request.target == "/304" ? 304 : (request.target == "/204" ? 204 : 200)
            let length = status == 204 ? "" : "Content-Length: 5\r\n"
            return .bytes(Array("HTTP/1.1 \(status) X\r\n\(length)\r\n".utf8), thenClose: false)
        }
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        #expect(try client.exchange("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")["content-length"] == "5")
        #expect(try client.exchange("GET /304 HTTP/1.1\r\nHost: a\r\n\r\n").status == 304)
        #expect(try client.exchange("GET /204 HTTP/1.1\r\nHost: a\r\n\r\n").status == 204)
        #expect(try proxy.counters().upstreamConnects == 1)
    }

    @Test func a_client_that_does_not_read_stops_the_upstream() throws {
        let total = 256 << 20
        let upstream = try ScriptedUpstream { connection, _ in
            _ = try connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
            let piece = Self.pattern(1 << 20)
            for _ in 0..<(total >> 20) { connection.send(piece) }
        }
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let held = try stillBytesOut(proxy)
        // The kernel's buffers of the client's socket, and what the proxy holds itself: no part of the total.
        #expect(held < 16 << 20, "\(held) bytes taken on for a client that reads nothing")
        #expect(upstream.ended.current == 0)
        // It was held, not lost.
        let response = try client.readResponse()
        #expect(response.body.count == total)
        print("a client that reads nothing: \(held) bytes of \(total) taken on")
    }

    /// The bytes out when they have stopped moving: unchanged while the event loop went around many times.
    private func stillBytesOut(_ proxy: ProxyFixture) throws -> UInt64 {
        var (last, turns) = (UInt64.max, 0)
        while turns < 2000 {
            let now = try proxy.counters().bytesOut
            turns = now == last && now > 0 ? turns + 1 : 0
            last = now
        }
        return last
    }

    @Test func an_upstream_that_does_not_read_stops_the_client() throws {
        // Nobody accepts: the kernel takes what fits into the socket's buffer.
        let listener = try TCPListenSocket(TCPAddress("127.0.0.1:0"))
        let proxy = try ProxyFixture(upstream: .tcp(port: Int(listener.address.port)))
        let client = try proxy.connect()
        try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n")
        let piece = Self.pattern(1 << 20)
        #expect(throws: TestSupportError.self) {
            for _ in 0..<900 { try client.send(piece, before: .seconds(1)) }
        }
        let taken = try proxy.counters().bytesIn
        #expect(taken < 32 << 20, "\(taken) bytes taken on for an upstream that reads nothing")
        print("an upstream that reads nothing: \(taken) bytes taken on")
    }

    @Test func a_client_that_sends_its_body_too_slowly_gets_408() throws {
        var limits = ServingLimits()
        limits.upstreamResponseTimeout = 500_000_000
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address, limits: limits)
        let client = try proxy.connect()
        try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nsome")
        #expect(try client.readResponse().status == 408)
        try client.expectClose()
    }

    @Test func a_head_that_does_not_come_in_time_gets_408_and_silence_a_close() throws {
        var limits = ServingLimits()
        limits.headerTimeout = 500_000_000
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address, limits: limits)
        let silent = try proxy.connect()
        let slow = try proxy.connect()
        try slow.send("GET / HTTP/1.1\r\nHo")
        #expect(try slow.readResponse().status == 408)
        try slow.expectClose()
        try silent.expectClose()
    }
}
