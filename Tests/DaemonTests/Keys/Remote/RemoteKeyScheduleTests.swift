import Configuration
import Platform
import Testing

@testable import Daemon

/// A schedule on a clock of the test's own, in seconds. A class, since an expectation cannot hold a call that changes a
/// value.
private final class Timetable {
    var schedule: RemoteKeySchedule
    private var dice: FixedDice

    init(_ dice: FixedDice = FixedDice(), _ change: (inout RemoteKeySettings) -> Void = { _ in }) {
        var settings = RemoteKeySettings(.keySet(url: "https://issuer.example/keys"))
        change(&settings)
        self.dice = dice
        schedule = RemoteKeySchedule(settings, now: Self.at(0))
    }

    private static func at(_ seconds: Double) -> MonotonicTime { MonotonicTime(nanoseconds: Int64(seconds * 1e9)) }

    private static func seconds(_ moment: MonotonicTime?) -> Double? { moment.map { Double($0.nanoseconds) / 1e9 } }

    /// With a set that was fetched at second 0.
    func loaded(lifetime: Int64? = nil) -> Timetable {
        _ = refresh(0)
        succeeded(0, hasChanged: true, lifetime: lifetime)
        return self
    }

    func refresh(_ now: Double) -> Bool { schedule.refresh(now: Self.at(now)) }
    func reload() -> Bool { schedule.reload() }
    func search(_ now: Double) -> RemoteKeySchedule.Answer { schedule.search(now: Self.at(now)) }
    func dropsStale(_ now: Double) -> Bool { schedule.dropsStale(now: Self.at(now)) }
    func failed(_ now: Double) { schedule.failed(now: Self.at(now), using: &dice) }

    /// - Parameter lifetime: in seconds.
    func succeeded(_ now: Double, hasChanged: Bool = false, lifetime: Int64? = nil) {
        let nanoseconds = lifetime.map { $0.multipliedReportingOverflow(by: 1_000_000_000) }
        schedule.succeeded(
            hasChanged: hasChanged,
            lifetime: nanoseconds.map { $0.overflow ? .max : $0.partialValue },
            now: Self.at(now),
            using: &dice
        )
    }

    var next: Double? { Self.seconds(schedule.nextMoment) }
    var nextRefresh: Double? { Self.seconds(schedule.nextRefresh) }
    var nextSearch: Double? { Self.seconds(schedule.nextSearch) }
    var staleAt: Double? { Self.seconds(schedule.staleAt) }
}

/// When is fetched: refreshes, retries, searches and staleness.
@Suite struct RemoteKeyScheduleTests {
    @Test func the_first_fetch_is_due_at_once_and_there_is_one_at_a_time() {
        let table = Timetable()
        #expect(table.next == 0)
        #expect(table.refresh(0))
        #expect(!table.refresh(1))
        #expect(!table.reload())
        #expect(table.search(1) == .join)
        #expect(table.next == nil)
    }

    @Test func without_a_word_from_the_server_the_configured_interval_holds() {
        #expect(Timetable().loaded().next == 600)
    }

    @Test(arguments: [(0, 60.0), (59, 60), (300, 300), (86_401, 86_400), (2_147_483_648, 86_400), (.max, 86_400)])
    func max_age_is_held_between_the_bounds(age: Int64, expected: Double) {
        #expect(Timetable().loaded(lifetime: age).next == expected)
    }

    @Test func jitter_is_a_tenth_at_most_and_never_leaves_the_bounds() throws {
        let soonest = try #require(Timetable(.least).loaded().next)
        #expect(abs(soonest - 540) < 0.001)
        #expect(Timetable(.least).loaded(lifetime: 0).next == 60)
        let latest = try #require(Timetable(.most).loaded().next)
        #expect(abs(latest - 660) < 0.001)
        #expect(Timetable(.most).loaded(lifetime: 86_400).next == 86_400)
    }

    @Test func failures_are_retried_after_twice_the_time_each_up_to_the_least_interval() {
        let table = Timetable()
        var now = 0.0
        var waits: [Double] = []
        for _ in 0..<9 {
            #expect(table.refresh(now))
            table.failed(now)
            let next = table.next ?? -1
            waits.append(next - now)
            #expect(!table.refresh(next - 0.001))
            now = next
        }
        #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60, 60])
        // A good one ends it.
        #expect(table.refresh(now))
        table.succeeded(now)
        #expect(table.schedule.failures == 0)
        #expect(table.next == now + 600)
    }

    @Test func searches_keep_their_distance_which_doubles_up_to_six_times_while_nothing_is_found() {
        let table = Timetable().loaded()
        var now = 1.0
        var waits: [Double] = []
        for _ in 0..<5 {
            #expect(table.search(now) == .fetch)
            #expect(table.search(now) == .join)
            table.succeeded(now, lifetime: 86_400)
            let next = table.nextSearch ?? -1
            #expect(table.search(next - 0.001) == .tooSoon)
            waits.append(next - now)
            now = next
        }
        #expect(waits == [10, 20, 40, 60, 60])
        #expect(table.search(now) == .fetch)
        table.succeeded(now, hasChanged: true)
        #expect(table.nextSearch == now + 10)
    }

    @Test func a_flood_of_searches_fetches_no_more_than_the_cooldown_permits() {
        let table = Timetable().loaded(lifetime: 86_400)
        var fetches = 0
        // A question every 10 ms for ten minutes.
        for step in 0..<60_000 {
            let now = 1 + Double(step) / 100
            guard table.search(now) == .fetch else { continue }
            fetches += 1
            table.succeeded(now, lifetime: 86_400)
        }
        // At 1, 11, 31, 71, 131, … seconds.
        #expect(fetches == 12)
    }

    @Test func a_search_that_fails_brings_the_next_refresh_forward() {
        let table = Timetable().loaded()
        #expect(table.search(5) == .fetch)
        table.failed(5)
        #expect(table.nextRefresh == 6)
        #expect(table.refresh(6))
        table.failed(6)
        #expect(table.nextRefresh == 8)
        // And one that fails while a retry is planned does not put it off.
        #expect(table.reload())
        table.failed(6.5)
        #expect(table.nextRefresh == 8)
    }

    @Test func the_last_good_set_counts_so_long_after_the_first_failure_and_no_longer() {
        let table = Timetable { $0.longestStale = .seconds(100) }.loaded()
        #expect(!table.dropsStale(100_000))
        #expect(table.refresh(600))
        table.failed(600)
        #expect(table.refresh(602))
        table.failed(602)
        #expect(table.staleAt == 700)
        #expect(!table.dropsStale(699.999))
        #expect(table.dropsStale(700))
        // Said once.
        #expect(!table.dropsStale(701))
    }

    @Test func a_renewed_set_is_not_stale() {
        let table = Timetable { $0.longestStale = .seconds(100) }.loaded()
        #expect(table.refresh(600))
        table.failed(600)
        #expect(table.refresh(601))
        table.succeeded(650)
        #expect(!table.dropsStale(5000))
        #expect(table.staleAt == nil)
    }

    @Test func no_staleness_at_all_drops_the_set_with_the_first_failure() {
        let table = Timetable { $0.longestStale = .zero }.loaded()
        #expect(table.refresh(600))
        table.failed(600)
        #expect(table.dropsStale(600))
    }

    @Test func the_moment_of_staleness_wakes_even_while_a_fetch_hangs() {
        let table = Timetable { $0.longestStale = .seconds(3) }.loaded()
        #expect(table.refresh(600))
        table.failed(600)
        #expect(table.refresh(601))
        #expect(table.next == 603)
    }

    @Test func the_longest_times_overflow_nothing() {
        let table = Timetable {
            $0.longestRefresh = .seconds(Int64.max)
            $0.longestStale = .seconds(Int64.max)
            $0.cooldown = .seconds(Int64.max)
        }.loaded(lifetime: .max)
        #expect(table.search(1) == .fetch)
        table.failed(1)
        #expect(table.search(1e9) == .tooSoon)
        #expect(!table.dropsStale(1e9))
    }
}
