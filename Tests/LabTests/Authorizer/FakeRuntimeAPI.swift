import TestSupport

/// Lambda's Runtime API as a function sees it, and its caller: events in, answers out, one after the other.
final class FakeRuntimeAPI: Sendable {
    struct Answer: Sendable {
        let isError: Bool
        let body: String
    }

    private struct State: Sendable {
        var events: [(id: Int, body: String)] = []
        var answers: [Int: Answer] = [:]
        var initError: String?
        var count = 0
        var isOver = false
    }

    private let state = Awaited(State())
    private let server: RecordingUpstream

    init() throws {
        let state = state
        server = try RecordingUpstream { request in Self.answer(request, state) }
    }

    deinit { stop() }

    /// Lets a function that waits for an event go.
    func stop() {
        state.update { $0.isOver = true }
        server.stop()
    }

    /// For `AWS_LAMBDA_RUNTIME_API`.
    var address: String { "\(server.address)" }

    /// Hands the function an event and waits for what it says.
    func invoke(_ event: String, before deadline: Deadline = .usual) throws -> Answer {
        let id = state.update { state in
            state.count += 1
            state.events.append((state.count, event))
            return state.count
        }
        let answer = state.first(before: deadline) { $0.answers[id] }
        guard let answer else { throw TestSupportError("the function did not answer event \(id)") }
        state.update { $0.answers[id] = nil }
        return answer
    }

    /// The body of the function's init error.
    func initError(before deadline: Deadline = .usual) throws -> String {
        guard let text = state.first(before: deadline, { $0.initError }) else {
            throw TestSupportError("the function told no init error")
        }
        return text
    }

    private static func answer(_ request: RecordedRequest, _ state: Awaited<State>) -> UpstreamAnswer {
        let parts = request.target.split(separator: "/").map(String.init)
        let body = String(decoding: request.body, as: UTF8.self)
        if parts.last == "next" { return next(state) }
        if parts.suffix(2) == ["init", "error"] {
            state.update { $0.initError = body }
        } else if let id = parts.dropLast().last.flatMap(Int.init) {
            state.update { $0.answers[id] = Answer(isError: parts.last == "error", body: body) }
        }
        return .response(status: 202, body: "{\"status\":\"OK\"}")
    }

    private static func next(_ state: Awaited<State>) -> UpstreamAnswer {
        let event = state.first(before: .seconds(300)) { state -> (id: Int, body: String)?? in
            if state.isOver { return .some(nil) }
            return state.events.first.map { .some($0) }
        }
        guard let event = event ?? nil else { return .bytes([], thenClose: true) }
        state.update { $0.events.removeFirst() }
        let fields = [
            "Lambda-Runtime-Aws-Request-Id": String(event.id), "Lambda-Runtime-Deadline-Ms": "4000000000000",
            "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:r:1:function:authorizer",
            "Content-Type": "application/json",
        ]
        return .response(status: 200, fields: fields, body: event.body)
    }
}
