import LambdaRuntime
import Testing

@Suite struct SecretScheduleTests {
    private func schedule() -> SecretSchedule { SecretSchedule(timeToLive: 60_000, longestStale: 3_600_000) }

    @Test func the_first_event_reads_and_the_next_ones_wait_for_the_time_to_live() {
        var schedule = schedule()
        #expect(schedule.asked(at: 1000) == .read && !schedule.isUsable)
        schedule.succeeded(at: 1000)
        #expect(schedule.asked(at: 60_999) == .wait && schedule.isUsable)
        #expect(schedule.asked(at: 61_000) == .read)
    }

    @Test func a_time_to_live_of_nothing_reads_each_time() {
        var schedule = SecretSchedule(timeToLive: 0, longestStale: 0)
        schedule.succeeded(at: 5)
        #expect(schedule.asked(at: 5) == .read)
    }

    @Test func a_clock_that_was_set_back_reads() {
        var schedule = schedule()
        schedule.succeeded(at: 1_000_000)
        #expect(schedule.asked(at: 999_999) == .read)
    }

    @Test func after_a_failure_the_last_good_counts_on_and_is_tried_again_soon() {
        var schedule = schedule()
        schedule.succeeded(at: 0)
        schedule.failed(at: 60_000)
        #expect(schedule.health == .stale(since: 60_000) && schedule.isUsable)
        #expect(schedule.asked(at: 64_999) == .wait && schedule.asked(at: 65_000) == .read)
        schedule.succeeded(at: 65_000)
        #expect(schedule.health == .current)
    }

    @Test func the_last_good_ends_when_it_is_too_old() {
        var schedule = schedule()
        schedule.succeeded(at: 0)
        schedule.failed(at: 60_000)
        schedule.failed(at: 100_000)
        #expect(schedule.asked(at: 3_659_999) == .read && schedule.isUsable)
        #expect(schedule.asked(at: 3_660_000) == .read && schedule.health == .expired && !schedule.isUsable)
        schedule.succeeded(at: 3_660_001)
        #expect(schedule.isUsable)
    }

    @Test func a_failure_before_any_success_is_tried_with_every_event() {
        var schedule = schedule()
        schedule.failed(at: 0)
        #expect(schedule.health == .empty && schedule.asked(at: 1) == .read)
    }

    @Test func unknown_keys_read_once_for_each_cooldown() {
        var schedule = schedule()
        schedule.succeeded(at: 0)
        #expect(schedule.keyUnknown(at: 1) == .read)
        for moment in stride(from: Int64(2), through: 10_000, by: 499) {
            #expect(schedule.keyUnknown(at: moment) == .wait)
        }
        #expect(schedule.keyUnknown(at: 10_001) == .read)
    }
}
