internal import Authorization
internal import NIOCore
internal import Platform

/// Lets requests of one event loop wait for a key that their issuer may have by now: bounded in number and in time, with no
/// thread that waits, and one question to the control loop for all of them.
final class KeyWaits {
    private struct Waiter {
        let connection: any KeyWaiter
        let timer: Scheduled<Void>
    }

    private let eventLoop: any EventLoop
    private var list = KeyWaitList()
    private var waiters: [UInt64: Waiter] = [:]
    /// Requests that wait now.
    var count: Int { list.count }
    private(set) var counters = KeyWaitCounters()
    /// Whether what is decided now has waited for its answer.
    private var isAnswering = false

    init(eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    /// A decision lacked `key`.
    /// - Returns: the ticket of the wait, which ends with the waiter's `keyWaitIsOver` unless `leave` comes first; nil where
    ///   the decision stands.
    func begin(_ key: MissingKey, _ access: RemoteKeyAccess, _ waiter: any KeyWaiter) -> UInt64? {
        let now = MonotonicTime.now().nanoseconds
        let place = MissingKeys.Key(source: access.gate.id, name: key.name)
        switch list.wants(place, mayHelp: access.wait > 0 && access.gate.mayHelp(now: now), now: now) {
        case .refuse:
            counters.refused &+= 1
            return nil
        case .wait(let ticket, let asks):
            counters.begun &+= 1
            let timer = eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(access.wait)) {
                self.timeIsOver(ticket)
            }
            waiters[ticket] = Waiter(connection: waiter, timer: timer)
            if asks { access.ask(access.gate.id) }
            return ticket
        }
    }

    /// The connection is gone.
    func leave(_ ticket: UInt64) {
        _ = list.left(ticket)
        waiters.removeValue(forKey: ticket)?.timer.cancel()
    }

    /// A source was searched, and what was found is in the state that is served by now.
    func answered(_ source: UInt64) {
        isAnswering = true
        defer { isAnswering = false }
        for ticket in list.answered(source) {
            // One may have closed another one in between.
            guard let waiter = waiters.removeValue(forKey: ticket) else { continue }
            waiter.timer.cancel()
            waiter.connection.keyWaitIsOver()
        }
    }

    /// A request that has waited was decided.
    /// - Parameter missing: the key that it lacks all the same; nil: none.
    func ended(_ missing: MissingKey?, _ access: RemoteKeyAccess?) {
        guard let missing, let access else {
            counters.found &+= 1
            return
        }
        // Nobody knows yet.
        guard isAnswering else {
            counters.timedOut &+= 1
            return
        }
        counters.missing &+= 1
        let key = MissingKeys.Key(source: access.gate.id, name: missing.name)
        list.missed(key, now: MonotonicTime.now().nanoseconds, lifetime: access.missingLifetime)
    }

    private func timeIsOver(_ ticket: UInt64) {
        guard list.left(ticket), let waiter = waiters.removeValue(forKey: ticket) else { return }
        waiter.connection.keyWaitIsOver()
    }
}

/// One event loop's.
@available(*, unavailable)
extension KeyWaits: Sendable {}
