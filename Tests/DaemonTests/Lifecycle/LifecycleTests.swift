import Testing

@testable import Daemon

@Suite struct LifecycleTests {
    private func lifecycle(in state: Lifecycle.State) -> Lifecycle {
        var lifecycle = Lifecycle()
        if state == .starting { return lifecycle }
        _ = lifecycle.event(.started)
        if state == .serving { return lifecycle }
        _ = lifecycle.event(.stop)
        if state == .draining { return lifecycle }
        _ = lifecycle.event(.idle)
        return lifecycle
    }

    @Test(arguments: [
        (Lifecycle.State.starting, Lifecycle.Event.started, Lifecycle.Action.announceReady, Lifecycle.State.serving),
        (.starting, .stop, .abandon, .stopped),
        (.starting, .hangUp, .nothing, .starting),
        (.serving, .hangUp, .reload, .serving),
        (.serving, .stop, .beginDrain, .draining),
        (.serving, .idle, .nothing, .serving),
        (.serving, .drainDeadline, .nothing, .serving),
        (.draining, .hangUp, .nothing, .draining),
        (.draining, .idle, .end, .stopped),
        (.draining, .drainDeadline, .closeAll, .stopped),
        (.draining, .stop, .abandon, .stopped),
        (.stopped, .stop, .nothing, .stopped),
        (.stopped, .hangUp, .nothing, .stopped),
        (.stopped, .idle, .nothing, .stopped),
    ])
    func each_event_has_one_meaning_in_each_state(
        state: Lifecycle.State,
        event: Lifecycle.Event,
        action: Lifecycle.Action,
        next: Lifecycle.State
    ) {
        var lifecycle = lifecycle(in: state)
        #expect(lifecycle.state == state)
        #expect(lifecycle.event(event) == action)
        #expect(lifecycle.state == next)
    }
}
