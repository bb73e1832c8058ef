/// The life of a runtime after its start, without I/O: what has happened goes in, what is to be done comes out.
///
/// An event is asked for again whenever that fails, because nobody waits for this process then. An answer is sent a
/// second time only where the first cannot have been taken whole; where that is not known, the next `next` decides: Lambda
/// refuses it while the answer is missing, and the process ends.
struct RuntimeLoop: Sendable {
    enum Action: Sendable, Equatable {
        /// Make the call, after a pause in milliseconds.
        case call(RuntimeCall, pause: Int)
        /// Let the handler answer.
        case handle(NextEvent, event: [UInt8])
        /// End the process with this status.
        case stop(Int32)
    }

    /// An action, and what is to be logged before it.
    struct Step: Sendable, Equatable {
        let action: Action
        var complaint: Complaint?
    }

    /// A line for the log.
    struct Complaint: Sendable, Equatable {
        let level: LogLevel
        let text: String
    }

    private enum State {
        case asking(failures: Int)
        case handling(requestID: String)
        case reporting(RuntimeCall, failures: Int)
        case stopped
    }

    private var state = State.asking(failures: 0)

    /// The first action.
    mutating func start() -> Step { ask() }

    /// The answer to the call came.
    mutating func answered(_ answer: HTTPAnswer) -> Step {
        switch state {
        case .asking(let failures): return asked(answer, failures)
        case .reporting(let call, _): return reported(call, answer)
        case .handling, .stopped: return stop("an answer that nobody waits for")
        }
    }

    /// The call has no answer.
    mutating func failed(_ failure: HTTPFailure) -> Step {
        switch state {
        case .asking(let failures):
            if case .tooLarge(let head) = failure { return refuse(head, failures) }
            return askAgain(failures, failure.text)
        case .reporting(let call, let failures):
            return reportAgain(call, failures, failure)
        case .handling, .stopped: return stop("a failure of a call that was not made")
        }
    }

    /// The handler is done.
    mutating func handled(_ result: Result<[UInt8], InvocationFailure>) -> Step {
        guard case .handling(let requestID) = state else { return stop("an answer to no event") }
        switch result {
        case .success(let body) where body.count <= LambdaLimits.payloadBytes:
            return report(.response(requestID: requestID, body: body))
        case .success(let body):
            return report(.error(requestID: requestID, .tooLarge("Response", bytes: body.count)))
        case .failure(let failure):
            var step = report(.error(requestID: requestID, failure))
            let level = failure == .unauthorized ? LogLevel.info : .error
            step.complaint = Complaint(level: level, text: "the invocation failed: \(failure.message)")
            return step
        }
    }

    private mutating func ask(_ complaint: Complaint? = nil) -> Step {
        state = .asking(failures: 0)
        return Step(action: .call(.next, pause: 0), complaint: complaint)
    }

    private mutating func asked(_ answer: HTTPAnswer, _ failures: Int) -> Step {
        guard answer.status == 200 else { return stop("next was answered with \(answer.status)") }
        guard let event = NextEvent(answer) else { return askAgain(failures, "an event without a request id") }
        state = .handling(requestID: event.requestID)
        return Step(action: .handle(event, event: answer.body))
    }

    /// An event over the limit: nobody can handle it, but its sender is told.
    private mutating func refuse(_ head: HTTPAnswer, _ failures: Int) -> Step {
        guard head.status == 200, let event = NextEvent(head) else {
            return askAgain(failures, "an answer over all limits")
        }
        return report(.error(requestID: event.requestID, .tooLarge("Request", bytes: nil)))
    }

    private mutating func askAgain(_ failures: Int, _ reason: String) -> Step {
        let failures = failures + 1
        guard failures <= LambdaLimits.failedCalls else { return stop("no event after \(failures) calls: \(reason)") }
        state = .asking(failures: failures)
        // The first failure is a connection that did not outlive a freeze.
        let pause = failures == 1 ? 0 : 10 << failures
        let complaint = Complaint(level: failures == 1 ? .debug : .warn, text: "next failed: \(reason)")
        return Step(action: .call(.next, pause: pause), complaint: complaint)
    }

    private mutating func report(_ call: RuntimeCall) -> Step {
        state = .reporting(call, failures: 0)
        return Step(action: .call(call, pause: 0))
    }

    private mutating func reported(_ call: RuntimeCall, _ answer: HTTPAnswer) -> Step {
        switch answer.status {
        case 202: return ask()
        // A container error: what follows is not defined.
        case 500...: return stop("\(call.name) was answered with \(answer.status)")
        default:
            return ask(Complaint(level: .error, text: "\(call.name) was answered with \(answer.status)"))
        }
    }

    private mutating func reportAgain(_ call: RuntimeCall, _ failures: Int, _ failure: HTTPFailure) -> Step {
        switch failure {
        case .notTaken, .noConnection:
            guard failures < LambdaLimits.failedCalls else { return stop("\(call.name) failed: \(failure.text)") }
            state = .reporting(call, failures: failures + 1)
            return Step(
                action: .call(call, pause: failures == 0 ? 0 : 10 << failures),
                complaint: Complaint(level: .warn, text: "\(call.name) failed and is sent again: \(failure.text)")
            )
        case .tooLarge(let head): return reported(call, head)
        case .closed, .timedOut, .malformed:
            return ask(Complaint(level: .error, text: "\(call.name) has no answer: \(failure.text)"))
        }
    }

    private mutating func stop(_ reason: String) -> Step {
        state = .stopped
        return Step(action: .stop(1), complaint: Complaint(level: .fatal, text: "the runtime ends: \(reason)"))
    }
}

extension InvocationFailure {
    /// Under the name that Lambda's own runtimes give it.
    fileprivate static func tooLarge(_ what: String, bytes: Int?) -> InvocationFailure {
        let size = bytes.map { " (\($0) bytes)" } ?? ""
        let message =
            "\(what) payload size\(size) exceeded maximum allowed payload size (\(LambdaLimits.payloadBytes) bytes)."
        return what == "Response"
            ? InvocationFailure("Function.ResponseSizeTooLarge", message)
            : InvocationFailure("Function.RequestSizeTooLarge", message)
    }
}
