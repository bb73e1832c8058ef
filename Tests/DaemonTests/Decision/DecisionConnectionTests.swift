import HTTPWire
import Testing

@testable import Daemon

@Suite struct DecisionConnectionTests {
    private var connection = DecisionConnection(limits: HeadLimits(), drainBytes: 100)
    private var head = RequestHead()

    private mutating func receive(_ text: String) -> DecisionConnection.Action {
        let bytes = Array(text.utf8)
        return connection.received(bytes.span, head: &head)
    }

    private mutating func expect(
        _ text: String,
        _ action: DecisionConnection.Action,
        _ location: SourceLocation = #_sourceLocation
    ) {
        let received = receive(text)
        #expect(received == action, sourceLocation: location)
    }

    private mutating func answer() -> Bool { connection.answered(head, closing: false) }

    @Test mutating func a_complete_head_is_answered_at_once() {
        let request = "GET /authorize HTTP/1.1\r\nHost: a\r\n\r\n"
        expect(request, .answer(length: request.utf8.count))
        let closes = answer()
        #expect(!closes)
        #expect(connection.isIdle)
    }

    @Test mutating func half_a_head_waits_and_is_not_idle() {
        expect("GET /authorize HTTP/1.1\r\nHost", .wait(consumed: 0))
        #expect(connection.isInsideHead)
        #expect(!connection.isIdle)
    }

    @Test mutating func a_body_is_thrown_away_and_the_next_request_stands_behind_it() {
        let request = "POST /authorize HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"
        expect(request, .answer(length: request.utf8.count))
        let closes = answer()
        #expect(!closes)
        expect("hel", .wait(consumed: 3))
        #expect(!connection.isIdle)
        expect("loGET /", .wait(consumed: 2))
        #expect(connection.isIdle)
    }

    @Test mutating func a_chunked_body_over_the_cap_closes() {
        _ = receive("POST /authorize HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        let closes = answer()
        #expect(!closes)
        expect("c8\r\n" + String(repeating: "x", count: 150), .close)
    }

    @Test mutating func a_length_over_the_cap_closes_after_the_answer() {
        _ = receive("POST /authorize HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n")
        let closes = answer()
        #expect(closes)
        expect("GET /", .close)
    }

    @Test mutating func a_client_that_waits_for_100_has_its_final_answer() {
        _ = receive("POST /authorize HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
        let closes = answer()
        #expect(closes)
    }

    @Test mutating func a_refused_head_closes_for_good() {
        guard case .refuse(let refusal) = receive("GET  /authorize HTTP/1.1\r\n\r\n") else {
            Issue.record("not refused")
            return
        }
        #expect(refusal.status == 400)
        expect("GET /authorize HTTP/1.1\r\nHost: a\r\n\r\n", .close)
    }

    @Test mutating func a_broken_body_closes_without_a_second_answer() {
        _ = receive("POST /authorize HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        let closes = answer()
        #expect(!closes)
        expect("zz\r\n", .close)
    }
}
