import Testing

@testable import Daemon

@Suite struct ProxyClockTests {
    private let limits = ServingLimits()

    @Test func a_head_has_one_limit_however_it_drips() {
        var clock = ProxyClock()
        clock.run(.header, now: 0, limits)
        for now in 1...4 {
            clock.progressed(1)
            clock.run(.header, now: Int64(now) * 1_000_000_000, limits)
        }
        #expect(clock.deadline == limits.headerTimeout)
    }

    @Test func an_answer_limit_starts_anew_only_for_progress_that_counts() {
        var clock = ProxyClock()
        clock.run(.answer, now: 0, limits)
        clock.progressed(ProxyClock.minimumProgress - 1)
        clock.run(.answer, now: 5, limits)
        #expect(clock.deadline == limits.upstreamResponseTimeout)
        clock.progressed(1)
        clock.run(.answer, now: 7, limits)
        #expect(clock.deadline == limits.upstreamResponseTimeout + 7)
        clock.run(.answer, now: 9, limits)
        #expect(clock.deadline == limits.upstreamResponseTimeout + 7)
    }

    @Test func any_byte_of_an_answer_counts_and_another_limit_starts_anew() {
        var clock = ProxyClock()
        clock.run(.body, now: 0, limits)
        clock.progressed(1)
        clock.run(.body, now: 3, limits)
        #expect(clock.deadline == limits.upstreamResponseTimeout + 3)
        clock.run(.idle, now: 4, limits)
        #expect(clock.deadline == limits.idleTimeout + 4)
        clock.run(.none, now: 5, limits)
        #expect(clock.deadline == .max)
    }

    @Test func a_client_that_has_ended_its_side_is_waited_for_briefly() {
        var clock = ProxyClock()
        clock.run(.answer, now: 0, limits)
        clock.inputEnded(now: 10)
        #expect(clock.deadline == 10 + ProxyClock.afterInputEnded)
        clock.run(.body, now: 20, limits, isInputEnded: true)
        #expect(clock.deadline == 20 + limits.upstreamResponseTimeout)
        clock.run(.answer, now: 30, limits, isInputEnded: true)
        #expect(clock.deadline == 30 + ProxyClock.afterInputEnded)
    }

    @Test func numbers_at_the_end_of_the_scale_do_not_trap() {
        var limits = ServingLimits()
        limits.idleTimeout = .max
        var clock = ProxyClock()
        clock.progressed(.max)
        clock.progressed(1)
        clock.run(.idle, now: 1, limits)
        #expect(clock.deadline == .max)
    }
}
