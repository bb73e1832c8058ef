import Glibc
import Testing

@testable import Platform

/// What an event means, without a kernel.
@Suite struct WatchTableTests {
    private let a = WatchedPath.file("/k/a")
    private let b = WatchedPath.file("/k/b")
    private let c = WatchedPath.file("/c")
    private let table: WatchTable

    init() {
        let entries: [String: FileSystemEntry] = ["/k": .directory, "/k/a": .file, "/k/b": .file, "/c": .file]
        let plan = WatchPlan(for: [a, b, c], from: "/") { entries[$0] ?? .missing }
        var table = WatchTable()
        for (number, path) in ["/", "/c", "/k", "/k/a", "/k/b"].enumerated() {
            if let node = plan.nodes[path] { _ = table.add(node, as: Int32(number)) }
        }
        self.table = table
    }

    private func affected(_ watch: Int32, _ mask: Int, _ name: String = "") -> Set<WatchedPath> {
        let event = InotifyEvent(watch: watch, mask: UInt32(mask), name: name)
        return table.affected(by: event, outOf: [a, b, c])
    }

    @Test func an_event_under_a_name_concerns_whoever_goes_through_it() {
        #expect(affected(2, Int(IN_MOVED_TO), "a") == [a])
        #expect(affected(2, Int(IN_CLOSE_WRITE), "b") == [b])
        #expect(affected(0, Int(IN_CREATE), "k") == [a, b])
        #expect(affected(0, Int(IN_MODIFY), "c") == [c])
        #expect(affected(3, Int(IN_MODIFY)) == [a])
    }

    @Test func other_names_and_forgotten_watches_concern_nobody() {
        #expect(affected(2, Int(IN_CREATE), "a.tmp") == [])
        #expect(affected(0, Int(IN_CREATE), "a") == [])
        #expect(affected(99, Int(IN_IGNORED)) == [])
    }

    // A33.
    @Test(arguments: [IN_DELETE_SELF, IN_MOVE_SELF, IN_IGNORED, IN_UNMOUNT, IN_ATTRIB].map { Int($0) })
    func the_end_of_a_watched_directory_concerns_every_path_past_it(mask: Int) {
        #expect(affected(2, mask) == [a, b])
        #expect(affected(0, mask) == [a, b, c])
        #expect(affected(3, mask) == [a])
    }

    // A30.
    @Test func lost_events_concern_everybody() {
        #expect(affected(-1, Int(IN_Q_OVERFLOW)) == [a, b, c])
    }

    @Test func two_ways_to_one_directory_keep_the_events_of_both() {
        var table = WatchTable()
        var first = WatchNode(.directory)
        first.names["x"] = [a]
        var second = WatchNode(.directory)
        second.names["y"] = [b]
        second.watchesContent = true
        #expect(table.add(first, as: 7) == first.mask)
        let whole = table.add(second, as: 7)
        #expect(whole & UInt32(IN_CLOSE_WRITE) != 0)
        #expect(whole & first.mask == first.mask)
        let event = InotifyEvent(watch: 7, mask: UInt32(IN_CREATE), name: "x")
        #expect(table.affected(by: event, outOf: [a, b]) == [a])
    }

    @Test func events_are_read_from_the_kernels_bytes() {
        var bytes = Self.record(watch: 3, mask: 0x100, name: "key", padding: 13)
        bytes += Self.record(watch: -1, mask: 0x4000, name: "", padding: 0)
        let events = InotifyEvent.parse(bytes.span)
        #expect(
            events == [
                InotifyEvent(watch: 3, mask: 0x100, name: "key"), InotifyEvent(watch: -1, mask: 0x4000, name: ""),
            ]
        )
        #expect(events.map(\.isOverflow) == [false, true])
    }

    @Test func bytes_that_end_early_give_the_whole_events_before_them() {
        let first = Self.record(watch: 1, mask: 2, name: "a", padding: 3)
        let both = first + Self.record(watch: 2, mask: 2, name: "b", padding: 15)
        for length in first.count..<both.count {
            #expect(InotifyEvent.parse(both.span.extracting(first: length)).count == 1)
        }
        for length in 0..<first.count {
            #expect(InotifyEvent.parse(both.span.extracting(first: length)).isEmpty)
        }
        // A length that points far outside.
        #expect(InotifyEvent.parse([UInt8](repeating: 0xff, count: 64).span).isEmpty)
    }

    /// struct inotify_event: wd, mask, cookie, len, name with its padding of NUL.
    static func record(watch: Int32, mask: UInt32, name: String, padding: Int) -> [UInt8] {
        let text = Array(name.utf8) + [UInt8](repeating: 0, count: padding)
        return [UInt32(bitPattern: watch), mask, 0, UInt32(text.count)].flatMap { word in
            let native = word.littleEndian
            return (0..<4).map { UInt8(truncatingIfNeeded: native >> (8 * $0)) }
        } + text
    }
}
