import Platform
import TestSupport
import Testing

@testable import Daemon

/// When a file counts as at rest.
@Suite struct SettleTimeTests {
    private let folder: TemporaryDirectory
    private let stamp: FileStamp
    private var settle = SettleTime()

    init() throws {
        folder = try TemporaryDirectory()
        stamp = try #require(FileStamp(of: try folder.write("1", to: "file")))
    }

    private func wall(_ milliseconds: Int64) -> WallTime {
        let nanoseconds = Int64(stamp.changed.nanoseconds) + milliseconds * 1_000_000
        // Rounded down, also below zero.
        let seconds = (nanoseconds - (nanoseconds < 0 ? 999_999_999 : 0)) / 1_000_000_000
        return WallTime(
            seconds: stamp.changed.seconds + seconds,
            nanoseconds: Int32(nanoseconds - seconds * 1_000_000_000)
        )
    }

    private func moment(_ milliseconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: 1_000_000_000_000 + milliseconds * 1_000_000)
    }

    @Test mutating func an_old_file_is_read_at_once() {
        #expect(settle.look([stamp], now: moment(0), wall: wall(20)) == .read)
        #expect(settle.look([stamp], now: moment(0), wall: wall(86_400_000)) == .read)
    }

    @Test mutating func a_young_file_waits_for_the_rest_of_its_rest() {
        #expect(settle.look([stamp], now: moment(0), wall: wall(5)) == .wait(until: moment(15)))
        #expect(settle.look([stamp], now: moment(15), wall: wall(20)) == .read)
    }

    @Test mutating func a_file_whose_clock_is_ahead_of_ours_is_read_once_it_was_seen_at_rest() {
        for lead: Int64 in [1, 500, 86_400_000] {
            settle = SettleTime()
            #expect(settle.look([stamp], now: moment(0), wall: wall(-lead)) == .wait(until: moment(20)))
            #expect(settle.look([stamp], now: moment(20), wall: wall(-lead)) == .read)
        }
    }

    @Test mutating func what_is_missing_has_nothing_half_written() {
        #expect(settle.look([nil], now: moment(0), wall: wall(0)) == .read)
    }

    @Test mutating func the_youngest_of_many_counts() throws {
        let other = try #require(FileStamp(of: try folder.write("2", to: "other")))
        guard case .wait = settle.look([nil, stamp, other], now: moment(0), wall: wall(1)) else {
            Issue.record("did not wait")
            return
        }
    }

    @Test mutating func a_file_that_never_rests_is_said_after_a_second_and_read_when_it_rests() throws {
        var now: Int64 = 0
        var last = SettleTime.Action.read
        var stamp = stamp
        while now <= 1000 {
            try folder.replace("file", with: "\(now)")
            stamp = try #require(FileStamp(of: folder.file("file")))
            last = settle.look([stamp], now: moment(now), wall: stamp.changed)
            if now < 1000 { #expect(last == .wait(until: moment(now + 20))) }
            now += 10
        }
        #expect(last == .giveUp(lookAgain: moment(1020)))
        #expect(settle.look([stamp], now: moment(1020), wall: stamp.changed) == .read)
    }
}
