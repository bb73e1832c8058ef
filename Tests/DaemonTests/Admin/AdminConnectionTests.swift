import HTTPWire
import Testing

@testable import Daemon

/// Which request gets which answer, and when a connection ends.
@Suite struct AdminConnectionTests {
    private var connection = AdminConnection(limits: HeadLimits())
    private var head = RequestHead()

    private mutating func send(_ text: String) -> AdminConnection.Action {
        connection.received(Array(text.utf8).span, head: &head)
    }

    private mutating func ask(_ line: String, _ fields: String = "Host: a\r\n") -> AdminRequest? {
        connection = AdminConnection(limits: HeadLimits())
        guard case .answer(let request, _) = send("\(line)\r\n\(fields)\r\n") else { return nil }
        return request
    }

    @Test mutating func pages_are_found_by_the_path_alone() {
        let cases: [(String, AdminPage)] = [
            ("/healthz", .alive), ("/readyz", .ready), ("/readyz?verbose", .ready), ("/metrics", .metrics),
            ("/", .status),
            ("/healthz/", .unknown), ("//healthz", .unknown), ("/Healthz", .unknown), ("/metrics%00", .unknown),
            ("/authorize", .unknown), ("/\(String(repeating: "a", count: 2000))", .unknown),
        ]
        for (path, page) in cases {
            #expect(ask("GET \(path) HTTP/1.1")?.ask == .page(page), "\(path)")
        }
    }

    @Test mutating func only_GET_and_HEAD_are_served() {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get", "BREW"] {
            #expect(ask("\(method) /readyz HTTP/1.1")?.ask == .methodNotAllowed, "\(method)")
        }
        #expect(ask("HEAD /readyz HTTP/1.1")?.isHead == true)
    }

    @Test mutating func connections_persist_as_the_version_says() {
        #expect(ask("GET / HTTP/1.1")?.closes == false)
        #expect(ask("GET / HTTP/1.1", "Host: a\r\nConnection: close\r\n")?.closes == true)
        #expect(ask("GET / HTTP/1.0")?.closes == true)
        let kept = ask("GET / HTTP/1.0", "Connection: keep-alive\r\n")
        #expect(kept?.closes == false)
        #expect(kept?.saysKeepAlive == true)
    }

    @Test mutating func a_request_with_a_body_is_answered_and_is_the_last() {
        #expect(ask("GET / HTTP/1.1", "Host: a\r\nContent-Length: 5\r\n")?.closes == true)
        #expect(ask("POST / HTTP/1.1", "Host: a\r\nTransfer-Encoding: chunked\r\n")?.closes == true)
        let closes = connection.answered()
        #expect(closes)
        #expect(send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") == .close)
    }

    @Test mutating func what_comes_during_an_answer_waits_for_its_end() {
        let text = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
        guard case .answer(_, let length) = send(text + text) else {
            Issue.record("no answer")
            return
        }
        #expect(length == text.utf8.count)
        #expect(send(text) == .wait)
        #expect(connection.answered() == false)
        guard case .answer = send(text) else {
            Issue.record("no second answer")
            return
        }
    }

    @Test mutating func a_half_closed_peer_gets_its_answer_and_an_idle_one_none() {
        _ = send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        let endsNow = connection.inputEnded()
        #expect(!endsNow)
        let closes = connection.answered()
        #expect(closes)
        connection = AdminConnection(limits: HeadLimits())
        let endsIdle = connection.inputEnded()
        #expect(endsIdle)
    }

    @Test mutating func what_is_no_HTTP_is_refused_and_the_connection_ends() {
        guard case .refuse = send("\u{16}\u{3}\u{1}\r\n\r\n") else {
            Issue.record("not refused")
            return
        }
        #expect(send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") == .close)
    }

    @Test mutating func a_head_byte_by_byte_is_the_same_head() {
        let text = Array("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        for end in 1..<text.count {
            #expect(connection.received(text.span.extracting(first: end), head: &head) == .wait)
        }
        guard case .answer(let request, _) = connection.received(text.span, head: &head) else {
            Issue.record("no answer")
            return
        }
        #expect(request.ask == .page(.metrics))
    }
}
