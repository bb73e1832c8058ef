internal import Platform

/// What systemd hears of the service and in which order (sd_notify(3)), without its I/O. Every message to systemd comes from
/// here, so READY=1 can neither come too early, nor between RELOADING=1 and the end of the reload, nor after STOPPING=1.
struct ServiceNotices: Sendable {
    enum State: String, Sendable, Equatable {
        case starting, ready, reloading, stopping
    }

    enum Event: Sendable, Equatable {
        /// How things stand, for people.
        case described(String)
        /// The start goes on, for at most so many nanoseconds until it is heard of again.
        case waiting(nanoseconds: Int64)
        /// Every listener accepts and every issuer has keys.
        case complete
        case reloadBegan(at: MonotonicTime)
        case reloadEnded
        /// The service takes nothing new, and ends within so many nanoseconds.
        case stopping(nanoseconds: Int64)
        /// Every event loop has answered.
        case alive
        /// There will be no service, for this reason.
        case failed(String)
    }

    private(set) var state = State.starting
    /// What a person reads now.
    private var status = ""

    /// What to send, all of it in one datagram; empty: nothing.
    mutating func event(_ event: Event) -> [SystemdNotifier.Message] {
        switch (state, event) {
        case (_, .described(let text)):
            guard text != status else { return [] }
            status = text
            return [.status(text)]
        case (_, .alive): return [.watchdog]
        case (.starting, .waiting(let nanoseconds)): return [.extendTimeout(nanoseconds: nanoseconds)]
        case (.starting, .complete):
            state = .ready
            return [.ready]
        // Until it is ready, a reload is a part of the start.
        case (.starting, .reloadBegan), (.starting, .reloadEnded): return []
        case (.ready, .reloadBegan(let moment)):
            state = .reloading
            return [.reloading(since: moment)]
        case (.reloading, .reloadEnded):
            state = .ready
            return [.ready]
        case (.starting, .stopping(let nanoseconds)), (.ready, .stopping(let nanoseconds)),
            (.reloading, .stopping(let nanoseconds)):
            state = .stopping
            return [.stopping, .extendTimeout(nanoseconds: nanoseconds)]
        case (_, .failed(let text)):
            state = .stopping
            status = text
            return [.status(text)]
        case (.ready, .waiting), (.ready, .complete), (.ready, .reloadEnded),
            (.reloading, .waiting), (.reloading, .complete), (.reloading, .reloadBegan),
            (.stopping, .waiting), (.stopping, .complete), (.stopping, .reloadBegan), (.stopping, .reloadEnded),
            (.stopping, .stopping):
            return []
        }
    }
}
