/// Somebody who watches a decision being made. The same code decides with and without a watcher; without one the calls
/// compile to nothing.
protocol DecisionTrace {
    /// - Parameters:
    ///   - failure: why the step failed; nil where it passed.
    ///   - detail: what the operator should know; never text from an unverified token. Only built when it is read.
    mutating func note(_ step: DecisionStep, _ failure: Reason?, _ detail: @autoclosure () -> String)
}

/// Nobody watches: the way of a request.
struct NoTrace: DecisionTrace {
    /// A value without size has no address of its own, and ThreadSanitizer takes what lies there for it.
    private var room: UInt8 = 0

    @inline(__always)
    mutating func note(_ step: DecisionStep, _ failure: Reason?, _ detail: @autoclosure () -> String) {}
}

/// Writes every step down, for `authd explain`.
package struct Explanation: DecisionTrace, Sendable, Equatable {
    package struct Step: Sendable, Equatable {
        package let step: DecisionStep
        /// nil: passed.
        package let failure: Reason?
        package let detail: String
    }

    package private(set) var steps: [Step] = []

    package init() {}

    mutating func note(_ step: DecisionStep, _ failure: Reason?, _ detail: @autoclosure () -> String) {
        steps.append(Step(step: step, failure: failure, detail: detail()))
    }
}
