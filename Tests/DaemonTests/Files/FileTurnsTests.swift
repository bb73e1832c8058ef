import Platform
import TestSupport
import Testing

@testable import Daemon

/// When a watched file is read.
@Suite struct FileTurnsTests {
    private let folder: TemporaryDirectory
    private let first: FileStamp
    private let second: FileStamp
    private var turns = FileTurns()

    init() throws {
        folder = try TemporaryDirectory()
        first = try #require(FileStamp(of: try folder.write("1", to: "a")))
        second = try #require(FileStamp(of: try folder.write("22", to: "b")))
    }

    /// A moment when a file that was just made has been at rest for long.
    private var later: WallTime { WallTime(seconds: first.changed.seconds + 60) }
    private let now = MonotonicTime(nanoseconds: 1_000_000_000_000)

    private mutating func look(_ stamp: FileStamp?, isForced: Bool = false) -> FileTurns.Action {
        turns.look(stamp, now: now, wall: later, isForced: isForced)
    }

    @Test mutating func a_file_is_read_once_until_it_changes() {
        expect(look(first), .read)
        #expect(turns.done(isTransient: false) == false)
        expect(look(first), .nothing)
        expect(look(second), .read)
    }

    private func expect(_ action: FileTurns.Action, _ wanted: FileTurns.Action) { #expect(action == wanted) }

    @Test mutating func a_file_that_was_read_before_is_not_read_again() {
        turns = FileTurns(read: [first])
        expect(look(first), .nothing)
        expect(look(first, isForced: true), .read)
    }

    @Test mutating func a_young_file_waits_and_is_read_at_rest() {
        let young = WallTime(seconds: first.changed.seconds, nanoseconds: first.changed.nanoseconds)
        let action = turns.look(first, now: now, wall: young)
        expect(action, .wait(until: now.advanced(byNanoseconds: SettleTime.rest)))
        expect(turns.look(first, now: now.advanced(byNanoseconds: SettleTime.rest), wall: young), .read)
    }

    @Test mutating func what_changes_while_it_is_read_is_looked_at_again() {
        expect(look(first), .read)
        expect(look(second), .nothing)
        #expect(turns.done(isTransient: false) == true)
        expect(look(second), .read)
        #expect(turns.done(isTransient: false) == false)
    }

    @Test mutating func a_reading_that_told_nothing_is_repeated_though_the_file_is_the_same() {
        expect(look(first), .read)
        _ = turns.done(isTransient: true)
        expect(look(first), .read)
    }

    @Test mutating func a_file_that_is_not_there_is_asked_for_each_time() {
        expect(look(nil), .read)
        _ = turns.done(isTransient: false)
        expect(look(nil), .read)
    }

    @Test mutating func a_file_that_never_rests_is_given_up_and_looked_at_on() throws {
        var gaveUp = false
        for round in 0..<100 {
            let moment = now.advanced(byNanoseconds: Int64(round) * 15_000_000)
            let stamp = try #require(FileStamp(of: try folder.write(String(repeating: "x", count: round), to: "c")))
            let wall = WallTime(seconds: stamp.changed.seconds, nanoseconds: stamp.changed.nanoseconds)
            switch turns.look(stamp, now: moment, wall: wall) {
            case .giveUp: gaveUp = true
            case .wait: #expect(!gaveUp)
            case .read, .nothing: Issue.record("a file in the middle of being written was taken")
            }
        }
        #expect(gaveUp)
    }
}
