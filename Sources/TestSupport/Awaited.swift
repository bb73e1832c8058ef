import Foundation

/// A value that one thread changes and another waits for, woken by each change: no sleeping, no polling.
package final class Awaited<Value: Sendable>: @unchecked Sendable {
    // Every access to `value` holds the lock of `condition`; that is what makes the conformance true.
    private let condition = NSCondition()
    private var value: Value

    package init(_ value: Value) {
        self.value = value
    }

    package var current: Value {
        condition.withLock { value }
    }

    /// Changes the value and wakes everybody who waits.
    @discardableResult
    package func update<Result>(_ change: (inout Value) throws -> Result) rethrows -> Result {
        condition.lock()
        defer {
            condition.broadcast()
            condition.unlock()
        }
        return try change(&value)
    }

    /// Waits until `select` finds something in the value; `nil` when the deadline passes first.
    package func first<Result>(before deadline: Deadline, _ select: (Value) throws -> Result?) rethrows -> Result? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let found = try select(value) { return found }
            let left = deadline.remainingMilliseconds
            guard left > 0 else { return nil }
            _ = condition.wait(until: Date(timeIntervalSinceNow: Double(left) / 1000))
        }
    }
}
