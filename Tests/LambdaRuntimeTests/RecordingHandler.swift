import TestSupport

@testable import LambdaRuntime

/// A handler that a test writes as a closure; it keeps what it was called with.
struct RecordingHandler: InvocationHandler {
    struct Call: Sendable {
        let event: [UInt8]
        let invocation: Invocation
    }

    let calls: Awaited<[Call]>
    private let answer: @Sendable ([UInt8]) throws(InvocationFailure) -> [UInt8]

    init(
        _ calls: Awaited<[Call]> = Awaited([]),
        _ answer: @escaping @Sendable ([UInt8]) throws(InvocationFailure) -> [UInt8] = {
            (event) throws(InvocationFailure) in event
        }
    ) {
        self.calls = calls
        self.answer = answer
    }

    mutating func handle(_ event: [UInt8], _ invocation: Invocation) throws(InvocationFailure) -> [UInt8] {
        calls.update { $0.append(Call(event: event, invocation: invocation)) }
        return try answer(event)
    }
}
