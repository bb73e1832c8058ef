internal import NIOConcurrencyHelpers

/// What the admin endpoint tells about the process as a whole.
package struct Readiness: Sendable, Equatable {
    package enum Phase: String, Sendable, Equatable {
        case starting, serving, draining
    }

    package var phase = Phase.starting
    /// Why the last reload was refused; nil after a good one.
    package var configurationError: String?
    package var reloadsSucceeded: UInt64 = 0
    package var reloadsFailed: UInt64 = 0
}

/// The readiness as the control loop writes it and every admin connection reads it.
package final class ReadinessBox: Sendable {
    private let value = NIOLockedValueBox(Readiness())

    package init() {}

    package var current: Readiness { value.withLockedValue { $0 } }

    func update(_ change: (inout Readiness) -> Void) { value.withLockedValue { change(&$0) } }
}
