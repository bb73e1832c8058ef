/// Where the process stands between start and end, without its I/O: what a signal or a deadline means in each state.
struct Lifecycle: Sendable {
    enum State: String, Sendable, Equatable {
        case starting, serving, draining, stopped
    }

    enum Event: Sendable, Equatable {
        /// Every listener accepts, and every issuer has keys or was tried.
        case started
        case hangUp
        /// SIGTERM or SIGINT.
        case stop
        /// The last connection has gone.
        case idle
        /// The time to drain is over.
        case drainDeadline
    }

    enum Action: Sendable, Equatable {
        case nothing
        case announceReady
        case reload
        /// Accept no more, finish what has begun, and set the deadline.
        case beginDrain
        /// Close what is left, then end.
        case closeAll
        case end
        /// A second stop: end without waiting.
        case abandon
    }

    private(set) var state = State.starting

    mutating func event(_ event: Event) -> Action {
        switch (state, event) {
        case (.starting, .started):
            state = .serving
            return .announceReady
        case (.starting, .stop):
            state = .stopped
            return .abandon
        case (.starting, .hangUp), (.starting, .idle), (.starting, .drainDeadline): return .nothing
        case (.serving, .hangUp): return .reload
        case (.serving, .stop):
            state = .draining
            return .beginDrain
        case (.serving, .started), (.serving, .idle), (.serving, .drainDeadline): return .nothing
        // A reload in the drain would only delay the end.
        case (.draining, .hangUp), (.draining, .started): return .nothing
        case (.draining, .stop):
            state = .stopped
            return .abandon
        case (.draining, .idle):
            state = .stopped
            return .end
        case (.draining, .drainDeadline):
            state = .stopped
            return .closeAll
        case (.stopped, .started), (.stopped, .hangUp), (.stopped, .stop), (.stopped, .idle),
            (.stopped, .drainDeadline):
            return .nothing
        }
    }
}
