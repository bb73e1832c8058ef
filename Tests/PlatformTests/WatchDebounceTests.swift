import Testing

@testable import Platform

@Suite struct WatchDebounceTests {
    private let a = WatchedPath.file("/a")
    private let b = WatchedPath.file("/b")

    private func at(_ milliseconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: milliseconds * 1_000_000)
    }

    @Test func nothing_pending_asks_for_nothing() {
        var debounce = WatchDebounce()
        #expect(debounce.deadline == nil)
        #expect(debounce.tick(at: at(5)) == .none)
        #expect(debounce.changed([], at: at(6)) == .none)
        #expect(debounce.deadline == nil)
    }

    @Test func one_change_is_checked_after_the_quiet() {
        var debounce = WatchDebounce()
        #expect(debounce.changed([a], at: at(1000)) == .wait(until: at(1020)))
        #expect(debounce.deadline == at(1020))
        #expect(debounce.tick(at: at(1019)) == .wait(until: at(1020)))
        #expect(debounce.tick(at: at(1020)) == .check([a]))
        #expect(debounce.deadline == nil)
        #expect(debounce.tick(at: at(1021)) == .none)
    }

    @Test func a_burst_is_one_check_of_all_its_paths() {
        var debounce = WatchDebounce()
        #expect(debounce.changed([a], at: at(0)) == .wait(until: at(20)))
        #expect(debounce.changed([b], at: at(10)) == .wait(until: at(30)))
        #expect(debounce.changed([a], at: at(25)) == .wait(until: at(45)))
        #expect(debounce.tick(at: at(45)) == .check([a, b]))
    }

    @Test func changes_without_pause_cannot_put_the_check_off() {
        var debounce = WatchDebounce()
        var checks: [Int64] = []
        for millisecond in Int64(0)...350 {
            if case .check = debounce.changed([a], at: at(millisecond)) { checks.append(millisecond) }
        }
        #expect(checks == [100, 201, 302])
    }

    @Test func an_event_that_concerns_nobody_does_not_lengthen_the_quiet() {
        var debounce = WatchDebounce()
        _ = debounce.changed([a], at: at(0))
        #expect(debounce.changed([], at: at(15)) == .wait(until: at(20)))
        #expect(debounce.changed([], at: at(20)) == .check([a]))
    }

    @Test func the_next_change_after_a_check_is_a_new_burst() {
        var debounce = WatchDebounce(quiet: 5_000_000, limit: 7_000_000)
        _ = debounce.changed([a], at: at(0))
        #expect(debounce.tick(at: at(90)) == .check([a]))
        #expect(debounce.changed([b], at: at(100)) == .wait(until: at(105)))
        #expect(debounce.changed([b], at: at(104)) == .wait(until: at(107)))
        #expect(debounce.tick(at: at(107)) == .check([b]))
    }

    @Test func the_end_of_the_scale_of_time_is_no_trap() {
        var debounce = WatchDebounce()
        let end = MonotonicTime(nanoseconds: .max)
        #expect(debounce.changed([a], at: end) == .check([a]))
        #expect(MonotonicTime(nanoseconds: .min).advanced(byNanoseconds: -1) == MonotonicTime(nanoseconds: .min))
    }
}
