import Testing

@testable import LambdaRuntime

@Suite struct RuntimeLoopTests {
    private static let id = "156cb537-e2d4-11e8-9b34-d36013741fb9"
    private static let accepted = HTTPAnswer(status: 202)

    private func event(_ id: String = RuntimeLoopTests.id) -> HTTPAnswer {
        HTTPAnswer(status: 200, fields: [HTTPField("lambda-runtime-aws-request-id", id)], body: Array("{}".utf8))
    }

    /// A loop whose handler has just answered.
    private func reporting() -> RuntimeLoop {
        var loop = RuntimeLoop()
        _ = loop.start()
        _ = loop.answered(event())
        _ = loop.handled(.success([1]))
        return loop
    }

    private static let response = RuntimeCall.response(requestID: id, body: [1])

    @Test func events_are_asked_for_handled_and_answered_in_turn() throws {
        var loop = RuntimeLoop()
        #expect(loop.start().action == .call(.next, pause: 0))
        let expected = try #require(NextEvent(event()))
        #expect(loop.answered(event()).action == .handle(expected, event: Array("{}".utf8)))
        #expect(loop.handled(.success([1])).action == .call(Self.response, pause: 0))
        #expect(loop.answered(Self.accepted).action == .call(.next, pause: 0))
        #expect(
            loop.answered(event("b")).action == .handle(try #require(NextEvent(event("b"))), event: Array("{}".utf8))
        )
    }

    @Test func a_handler_that_throws_becomes_the_error_call() {
        var loop = RuntimeLoop()
        _ = loop.start()
        _ = loop.answered(event())
        let failure = InvocationFailure("Function.Broken", "it broke")
        let step = loop.handled(.failure(failure))
        #expect(step.action == .call(.error(requestID: Self.id, failure), pause: 0))
        #expect(step.complaint == .init(level: .error, text: "the invocation failed: it broke"))
        #expect(loop.answered(Self.accepted).action == .call(.next, pause: 0))
    }

    @Test func an_answer_at_the_limit_is_sent_and_one_over_it_is_an_error() {
        for (count, isSent) in [(LambdaLimits.payloadBytes, true), (LambdaLimits.payloadBytes + 1, false)] {
            var loop = RuntimeLoop()
            _ = loop.start()
            _ = loop.answered(event())
            let body = [UInt8](repeating: 0x20, count: count)
            let action = loop.handled(.success(body)).action
            if isSent {
                #expect(action == .call(.response(requestID: Self.id, body: body), pause: 0))
            } else {
                guard case .call(.error(Self.id, let failure), 0) = action else {
                    Issue.record("\(action)")
                    continue
                }
                #expect(failure.type == "Function.ResponseSizeTooLarge")
                #expect(failure.message.contains("6291557"))
            }
        }
    }

    @Test func an_event_over_the_limit_is_refused_to_its_sender() {
        var loop = RuntimeLoop()
        _ = loop.start()
        guard case .call(.error(Self.id, let failure), 0) = loop.failed(.tooLarge(event())).action else {
            Issue.record("not told")
            return
        }
        #expect(failure.type == "Function.RequestSizeTooLarge")
    }

    @Test(arguments: [400, 403, 404, 500, 503, 204, 202])
    func another_answer_to_next_ends_the_process(status: Int) {
        var loop = RuntimeLoop()
        _ = loop.start()
        let step = loop.answered(HTTPAnswer(status: status))
        #expect(step.action == .stop(1))
        #expect(step.complaint?.level == .fatal)
    }

    @Test(arguments: [500, 503])
    func a_container_error_ends_the_process(status: Int) {
        var loop = reporting()
        #expect(loop.answered(HTTPAnswer(status: status)).action == .stop(1))
    }

    @Test(arguments: [400, 403, 413, 200])
    func a_refused_answer_is_logged_and_the_loop_goes_on(status: Int) {
        var loop = reporting()
        let step = loop.answered(HTTPAnswer(status: status))
        #expect(step.action == .call(.next, pause: 0))
        #expect(step.complaint == .init(level: .error, text: "response was answered with \(status)"))
    }

    @Test func next_is_asked_for_again_after_any_failure_and_at_last_given_up() {
        for failure in [HTTPFailure.closed, .notTaken, .malformed, .noConnection(111), .timedOut] {
            var loop = RuntimeLoop()
            _ = loop.start()
            #expect(loop.failed(failure).action == .call(.next, pause: 0))
            for pause in [40, 80, 160, 320] {
                #expect(loop.failed(failure).action == .call(.next, pause: pause))
            }
            #expect(loop.failed(failure).action == .stop(1))
        }
    }

    @Test func one_event_makes_all_failures_before_it_good() {
        var loop = RuntimeLoop()
        _ = loop.start()
        for _ in 0..<20 {
            for _ in 0..<LambdaLimits.failedCalls { _ = loop.failed(.closed) }
            guard case .handle = loop.answered(event()).action else {
                Issue.record("given up")
                return
            }
            _ = loop.handled(.success([]))
            _ = loop.answered(Self.accepted)
        }
    }

    @Test(arguments: [HTTPFailure.notTaken, .noConnection(111)])
    func an_answer_that_was_not_taken_is_sent_again(failure: HTTPFailure) {
        var loop = reporting()
        #expect(loop.failed(failure).action == .call(Self.response, pause: 0))
        #expect(loop.failed(failure).action == .call(Self.response, pause: 20))
        #expect(loop.answered(Self.accepted).action == .call(.next, pause: 0))
    }

    @Test func an_answer_that_nobody_takes_ends_the_process() {
        var loop = reporting()
        for _ in 0..<LambdaLimits.failedCalls { _ = loop.failed(.noConnection(111)) }
        #expect(loop.failed(.noConnection(111)).action == .stop(1))
    }

    @Test(arguments: [HTTPFailure.closed, .malformed, .timedOut])
    func an_answer_that_may_have_been_taken_is_not_sent_again(failure: HTTPFailure) {
        var loop = reporting()
        #expect(loop.failed(failure).action == .call(.next, pause: 0))
    }

    @Test(arguments: ["", "a b", "a/../b", "..", "a?b", "a%2e", String(repeating: "a", count: 129), "ä", "a\tb"])
    func an_event_whose_id_cannot_stand_in_an_address_is_none(id: String) {
        var loop = RuntimeLoop()
        _ = loop.start()
        #expect(loop.answered(event(id)).action == .call(.next, pause: 0))
        #expect(loop.answered(HTTPAnswer(status: 200)).action == .call(.next, pause: 40))
    }

    @Test func what_comes_at_the_wrong_time_ends_the_process() {
        var early = RuntimeLoop()
        _ = early.start()
        #expect(early.handled(.success([])).action == .stop(1))
        var handling = RuntimeLoop()
        _ = handling.start()
        _ = handling.answered(event())
        #expect(handling.answered(Self.accepted).action == .stop(1))
        #expect(handling.failed(.closed).action == .stop(1))
    }
}
