import Testing

@testable import LambdaRuntime

/// The whole loop on a scripted socket: what is sent, how often, and on how many connections.
@Suite struct LoopDriverTests {
    private static func event(_ id: String, _ fields: String = "") -> String {
        "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: \(id)\r\n\(fields)Content-Length: 2\r\n\r\n{}"
    }

    private static let accepted = "HTTP/1.1 202 Accepted\r\nContent-Length: 16\r\n\r\n{\"status\":\"OK\"}\n"
    private static let fatal = "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n"

    private struct Run {
        let status: Int32
        /// The last part of each request's address.
        let calls: [String]
        let connections: Int
        let traces: [String?]
    }

    private func run(_ turns: [ScriptedSocket.Turn], _ handler: RecordingHandler = RecordingHandler()) -> Run {
        let socket = ScriptedSocket(turns)
        var traces: [String?] = []
        let quiet = LambdaLog(Environment([:]), descriptor: -1)
        var driver = LoopDriver(socket, host: "h", handler: handler, log: quiet) { traces.append($0) }
        let status = driver.run()
        let calls = socket.sent.map { request in
            let target = request.split(separator: " ")[1]
            return target.split(separator: "/").suffix(2).joined(separator: "/")
        }
        return Run(status: status, calls: calls, connections: socket.connections, traces: traces)
    }

    @Test func one_connection_serves_all_calls() {
        let turns: [ScriptedSocket.Turn] = [
            .answer(Self.event("a")), .answer(Self.accepted), .answer(Self.event("b")), .answer(Self.accepted),
            .answer(Self.fatal),
        ]
        let run = run(turns)
        #expect(run.status == 1)
        #expect(run.calls == ["invocation/next", "a/response", "invocation/next", "b/response", "invocation/next"])
        #expect(run.connections == 1)
    }

    @Test func dribbled_answers_are_whole_ones() {
        let run = run([
            .answer(Self.event("a"), pieces: 1), .answer(Self.accepted, pieces: 1), .answer(Self.fatal, pieces: 1),
        ])
        #expect(run.calls == ["invocation/next", "a/response", "invocation/next"])
    }

    @Test func the_trace_is_set_and_removed_with_each_event() {
        let trace = "Lambda-Runtime-Trace-Id: Root=1-a;Sampled=1\r\n"
        let run = run([
            .answer(Self.event("a", trace)), .answer(Self.accepted), .answer(Self.event("b")), .answer(Self.accepted),
            .answer(Self.fatal),
        ])
        #expect(run.traces == ["Root=1-a;Sampled=1", nil])
    }

    @Test(arguments: [ScriptedSocket.Turn.end, .reset, .breakSending, .refuse, .closedBefore])
    func next_survives_a_connection_that_did_not_survive_a_freeze(turn: ScriptedSocket.Turn) {
        let run = run([
            .answer(Self.event("a")), .answer(Self.accepted), turn, .answer(Self.event("b")), .answer(Self.accepted),
            .answer(Self.fatal),
        ])
        #expect(run.calls.filter { $0 != "invocation/next" } == ["a/response", "b/response"])
    }

    @Test(arguments: [ScriptedSocket.Turn.breakSending, .closedBefore])
    func an_answer_that_cannot_have_been_taken_is_sent_on_a_new_connection(turn: ScriptedSocket.Turn) {
        let run = run([.answer(Self.event("a")), turn, .answer(Self.accepted), .answer(Self.fatal)])
        #expect(run.calls == ["invocation/next", "a/response", "invocation/next"])
        #expect(run.connections == 2)
    }

    @Test(arguments: [
        ScriptedSocket.Turn.end, .reset, .answer("nonsense\r\n\r\n"), .answer("HTTP/1.1 202 A\r\nContent"),
    ])
    func an_answer_that_may_have_been_taken_is_sent_once(turn: ScriptedSocket.Turn) {
        let run = run([.answer(Self.event("a")), turn, .answer(Self.fatal)])
        #expect(run.calls == ["invocation/next", "a/response", "invocation/next"])
    }

    @Test func garbage_for_ever_ends_the_process() {
        let run = run(Array(repeating: .answer("nonsense\r\n\r\n"), count: 100))
        #expect(run.status == 1)
        #expect(run.calls.count == LambdaLimits.failedCalls + 1)
    }

    @Test func a_connection_that_lambda_closes_is_made_anew() {
        let closing = "HTTP/1.1 202 Accepted\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        let run = run([.answer(Self.event("a")), .answer(closing), .answer(Self.fatal)])
        #expect(run.calls == ["invocation/next", "a/response", "invocation/next"])
        #expect(run.connections == 2)
    }

    @Test(arguments: [
        (ScriptedSocket.Turn.answer("HTTP/1.1 202 A\r\nContent-Length: 0\r\n\r\n"), 1),
        (.answer("HTTP/1.1 403 A\r\n\r\n"), 1),
        (.closedBefore, 1), (.breakSending, 2), (.end, 1), (.refuse, 0),
    ])
    func a_start_that_fails_is_told_once(turn: ScriptedSocket.Turn, requests: Int) {
        let socket = ScriptedSocket([turn, .answer(Self.accepted)])
        let quiet = LambdaLog(Environment([:]), descriptor: -1)
        let status = InitReport.send(InitFailure("Function.NoSecret", "none"), on: socket, host: "h", log: quiet)
        #expect(status == 1)
        #expect(socket.sent.count == min(requests, 1))
        #expect(socket.sent.allSatisfy { $0.hasPrefix("POST /2018-06-01/runtime/init/error ") })
    }
}
