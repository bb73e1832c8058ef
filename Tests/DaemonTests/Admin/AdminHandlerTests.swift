import NIOCore
import TestSupport
import Testing

@testable import Daemon

/// The admin endpoint over real sockets.
@Suite struct AdminHandlerTests {
    private static func request(_ method: String, _ path: String, _ fields: String = "") -> String {
        "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n"
    }

    @Test func every_page_is_served_on_one_connection() throws {
        let fixture = try AdminFixture()
        let client = try RawConnection(to: fixture.address)
        let health = try client.exchange(Self.request("GET", "/healthz"))
        #expect(health.status == 200)
        #expect(health.text == "ok\n")
        let ready = try client.exchange(Self.request("GET", "/readyz"))
        #expect(ready.text == "{\"status\":\"ready\"}\n")
        let metrics = try client.exchange(Self.request("GET", "/metrics"))
        #expect(metrics["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
        _ = try ExpositionReader(metrics.text)
        let page = try client.exchange(Self.request("GET", "/"))
        #expect(page["Content-Security-Policy"]?.hasPrefix("default-src 'none'; style-src 'unsafe-inline'") == true)
        let missing = try client.exchange(Self.request("GET", "/authorize", "Authorization: Bearer x\r\n"))
        #expect(missing.status == 404)
        #expect(missing["X-Authd-Decision"] == nil)
        let refused = try client.exchange(Self.request("DELETE", "/metrics"))
        #expect(refused.status == 405)
        #expect(refused["Allow"] == "GET, HEAD")
    }

    @Test func not_ready_is_503() throws {
        let fixture = try AdminFixture(AdminSample.report(phase: .draining))
        let client = try RawConnection(to: fixture.address)
        #expect(try client.exchange(Self.request("GET", "/readyz")).status == 503)
        #expect(try client.exchange(Self.request("GET", "/healthz")).status == 200)
        #expect(try client.exchange(Self.request("GET", "/metrics")).status == 200)
    }

    @Test func a_HEAD_has_the_length_and_not_the_body() throws {
        let fixture = try AdminFixture()
        let client = try RawConnection(to: fixture.address)
        let last = Self.request("GET", "/healthz", "Connection: close\r\n")
        try client.send(Array((Self.request("HEAD", "/healthz") + last).utf8))
        let text = String(decoding: try client.readToEnd(), as: UTF8.self)
        #expect(text.components(of: "Content-Length: 3\r\n") == 2)
        #expect(text.components(of: "\r\n\r\nok\n") == 1)
        #expect(text.hasSuffix("ok\n"))
    }

    @Test func pipelined_requests_are_answered_in_order() throws {
        let fixture = try AdminFixture()
        let client = try RawConnection(to: fixture.address)
        let paths = ["/healthz", "/nowhere", "/readyz"]
        let many = (0..<300).map { Self.request("GET", paths[$0 % 3]) }.joined()
        try client.send(Array((many + Self.request("GET", "/healthz", "Connection: close\r\n")).utf8))
        let text = String(decoding: try client.readToEnd(), as: UTF8.self)
        #expect(text.components(of: "HTTP/1.1 200 OK") == 201)
        #expect(text.components(of: "HTTP/1.1 404 Not Found") == 100)
    }

    @Test func HTTP_1_0_is_served_and_closed() throws {
        let fixture = try AdminFixture()
        let client = try RawConnection(to: fixture.address)
        try client.send(Array("GET /healthz HTTP/1.0\r\n\r\n".utf8))
        let text = String(decoding: try client.readToEnd(), as: UTF8.self)
        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(text.contains("Connection: close\r\n"))
    }

    @Test func garbage_is_refused_and_closed() throws {
        let fixture = try AdminFixture()
        let client = try RawConnection(to: fixture.address)
        try client.send(Array("\u{16}\u{3}\u{1}\u{2}\r\n\r\n".utf8))
        let text = String(decoding: try client.readToEnd(), as: UTF8.self)
        #expect(text.hasPrefix("HTTP/1.1 400 "))
    }

    @Test func a_report_that_never_comes_is_503_and_says_so() throws {
        var limits = ServingLimits()
        limits.headerTimeout = 1_000_000_000
        let promises = Awaited<[EventLoopPromise<AdminReport>]>([])
        let fixture = try AdminFixture(
            limits: limits,
            source: AdminSource { loop in
                let promise = loop.makePromise(of: AdminReport.self)
                promises.update { $0.append(promise) }
                return promise.futureResult
            }
        )
        let client = try RawConnection(to: fixture.address)
        try client.send(Array(Self.request("GET", "/readyz").utf8))
        let text = String(decoding: try client.readToEnd(), as: UTF8.self)
        #expect(text.hasPrefix("HTTP/1.1 503 "))
        #expect(text.hasSuffix("{\"status\":\"unresponsive\"}\n"))
        // Too late: the connection has gone, and nothing happens.
        promises.update { for promise in $0 { promise.succeed(AdminSample.report()) } }
        let other = try RawConnection(to: fixture.address)
        #expect(try other.exchange(Self.request("GET", "/healthz")).status == 200)
    }

    @Test func a_connection_that_says_nothing_or_half_a_head_ends() throws {
        var limits = ServingLimits()
        limits.headerTimeout = 100_000_000
        let fixture = try AdminFixture(
            limits: limits,
            source: AdminSource { $0.makeSucceededFuture(AdminSample.report()) }
        )
        let silent = try RawConnection(to: fixture.address)
        #expect(try silent.readToEnd().isEmpty)
        let slow = try RawConnection(to: fixture.address)
        try slow.send(Array("GET /healthz HTTP/1.1\r\nHo".utf8))
        #expect(String(decoding: try slow.readToEnd(), as: UTF8.self).hasPrefix("HTTP/1.1 408 "))
    }

    @Test func a_client_that_asks_and_never_reads_holds_nobody_up() throws {
        let fixture = try AdminFixture()
        let greedy = try RawConnection(to: fixture.address)
        let many = (0..<500).map { _ in Self.request("GET", "/metrics") }.joined()
        try greedy.send(Array(many.utf8))
        for _ in 0..<20 {
            let client = try RawConnection(to: fixture.address)
            #expect(try client.exchange(Self.request("GET", "/readyz")).status == 200)
        }
    }
}

extension String {
    /// How often `part` stands in the text.
    fileprivate func components(of part: String) -> Int {
        self.split(separator: part, omittingEmptySubsequences: false).count - 1
    }
}
