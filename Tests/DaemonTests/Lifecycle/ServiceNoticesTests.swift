import Platform
import Testing

@testable import Daemon

@Suite struct ServiceNoticesTests {
    private let moment = MonotonicTime(nanoseconds: 5_000_000)

    private func notices(in state: ServiceNotices.State) -> ServiceNotices {
        var notices = ServiceNotices()
        if state == .starting { return notices }
        if state != .stopping { _ = notices.event(.complete) }
        if state == .reloading { _ = notices.event(.reloadBegan(at: moment)) }
        if state == .stopping { _ = notices.event(.stopping(nanoseconds: 1)) }
        return notices
    }

    @Test(arguments: [
        (
            ServiceNotices.State.starting, ServiceNotices.Event.waiting(nanoseconds: 9000),
            [SystemdNotifier.Message.extendTimeout(nanoseconds: 9000)], ServiceNotices.State.starting
        ),
        (.starting, .complete, [.ready], .ready),
        (.starting, .reloadBegan(at: MonotonicTime(nanoseconds: 1)), [], .starting),
        (.starting, .reloadEnded, [], .starting),
        (.starting, .stopping(nanoseconds: 7), [.stopping, .extendTimeout(nanoseconds: 7)], .stopping),
        (.ready, .complete, [], .ready),
        (.ready, .waiting(nanoseconds: 1), [], .ready),
        (
            .ready, .reloadBegan(at: MonotonicTime(nanoseconds: 1)),
            [.reloading(since: MonotonicTime(nanoseconds: 1))], .reloading
        ),
        (.ready, .reloadEnded, [], .ready),
        (.ready, .stopping(nanoseconds: 7), [.stopping, .extendTimeout(nanoseconds: 7)], .stopping),
        (.reloading, .complete, [], .reloading),
        (.reloading, .reloadBegan(at: MonotonicTime(nanoseconds: 9)), [], .reloading),
        (.reloading, .reloadEnded, [.ready], .ready),
        (.reloading, .stopping(nanoseconds: 7), [.stopping, .extendTimeout(nanoseconds: 7)], .stopping),
        (.stopping, .complete, [], .stopping),
        (.stopping, .waiting(nanoseconds: 1), [], .stopping),
        (.stopping, .reloadBegan(at: MonotonicTime(nanoseconds: 1)), [], .stopping),
        (.stopping, .reloadEnded, [], .stopping),
        (.stopping, .stopping(nanoseconds: 7), [], .stopping),
    ])
    func each_event_has_one_meaning_in_each_state(
        state: ServiceNotices.State,
        event: ServiceNotices.Event,
        messages: [SystemdNotifier.Message],
        next: ServiceNotices.State
    ) {
        var notices = notices(in: state)
        #expect(notices.state == state)
        #expect(notices.event(event) == messages)
        #expect(notices.state == next)
    }

    /// Whatever comes in whatever order: one READY=1 first, then RELOADING=1 and READY=1 in turns, and nothing of both after
    /// STOPPING=1.
    @Test func no_order_of_events_makes_a_wrong_order_of_messages() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var notices = ServiceNotices()
            var sent: [SystemdNotifier.Message] = []
            for _ in 0..<30 {
                let events: [ServiceNotices.Event] = [
                    .complete, .reloadBegan(at: moment), .reloadEnded, .alive, .waiting(nanoseconds: 1),
                    .described("\(UInt8.random(in: 0...3, using: &generator))"),
                    Int.random(in: 0..<10, using: &generator) == 0 ? .stopping(nanoseconds: 1) : .alive,
                ]
                if let event = events.randomElement(using: &generator) { sent += notices.event(event) }
            }
            let states = sent.filter { $0 == .ready || $0 == .reloading(since: moment) || $0 == .stopping }
            for (index, message) in states.enumerated() {
                switch message {
                case .stopping: #expect(index == states.count - 1)
                default: #expect(message == (index.isMultiple(of: 2) ? .ready : .reloading(since: moment)))
                }
            }
        }
    }

    @Test func the_same_status_is_sent_once() {
        var notices = ServiceNotices()
        #expect(notices.event(.described("a")) == [.status("a")])
        #expect(notices.event(.described("a")) == [])
        #expect(notices.event(.described("b")) == [.status("b")])
    }

    @Test func a_start_that_fails_leaves_its_reason_and_nothing_else() {
        var notices = ServiceNotices()
        #expect(notices.event(.failed("why")) == [.status("why")])
        #expect(notices.event(.complete) == [])
    }
}
