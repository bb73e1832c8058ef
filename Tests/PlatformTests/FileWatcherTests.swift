import Glibc
import Testing

@testable import Platform

/// Real inotify: after each kind of change to a file its path must be named for a check.
@Suite(.serialized) struct FileWatcherTests {
    private let scratch: ScratchDirectory
    private let path: WatchedPath

    init() throws {
        scratch = try ScratchDirectory()
        path = .file(scratch.at("key"))
    }

    private func watch(_ paths: Set<WatchedPath>? = nil) throws -> WatcherProbe {
        try WatcherProbe(paths: paths ?? [path])
    }

    private func content() throws -> SecretBytes {
        try SecureFile.read(path.path, limit: 1000, policy: .secret)
    }

    // A05.
    @Test func each_of_ten_renames_over_the_file_is_seen() throws {
        try scratch.write("0", to: "key")
        let probe = try watch()
        for round in 1...10 {
            try scratch.write("\(round)", to: "key.new")
            try scratch.rename("key.new", to: "key")
            try #require(probe.isChecked(path), "round \(round)")
            #expect(try content().array == Array("\(round)".utf8))
        }
    }

    // A06.
    @Test func a_thousand_renames_are_few_checks_and_end_with_the_last_content() throws {
        try scratch.write("0", to: "key")
        let probe = try watch()
        var checks = 0
        var last: [UInt8] = []
        for round in 1...1000 {
            try scratch.write("\(round)", to: "key.new")
            try scratch.rename("key.new", to: "key")
            checks += probe.watcher.drain(now: .now()).count
        }
        while last != Array("1000".utf8) {
            try #require(probe.isChecked(path))
            checks += 1
            last = try content().array
        }
        print("1000 renames: \(checks) checks")
        #expect(checks < 500)
    }

    // A03, A04.
    @Test func writing_in_place_is_seen_at_each_step() throws {
        try scratch.write("old", to: "key")
        let probe = try watch()
        try scratch.write("", to: "key")
        #expect(probe.isChecked(path))
        try scratch.write("first half, ", to: "key", truncating: false)
        #expect(probe.isChecked(path))
        try scratch.write("first half, second half", to: "key", truncating: false)
        #expect(probe.isChecked(path))
        #expect(try content().array == Array("first half, second half".utf8))
    }

    @Test func a_writer_that_never_closes_the_file_is_seen() throws {
        try scratch.write("old", to: "key")
        let probe = try watch()
        let number = unsafe open(path.path, O_WRONLY | O_CLOEXEC)
        try #require(number >= 0)
        defer { _ = close(number) }
        try #require(unsafe write(number, "new", 3) == 3)
        #expect(probe.isChecked(path))
    }

    @Test func writing_through_a_hard_link_elsewhere_is_seen() throws {
        try scratch.write("old", to: "key")
        try scratch.makeDirectory("other")
        try #require(unsafe Glibc.link(path.path, scratch.at("other/name")) == 0)
        let probe = try watch()
        probe.settle()
        try scratch.write("new", to: "other/name")
        #expect(probe.isChecked(path))
    }

    @Test func a_change_of_permissions_is_seen() throws {
        try scratch.write("key", to: "key", mode: 0o644)
        let probe = try watch()
        try scratch.setMode(0o600, of: "key")
        #expect(probe.isChecked(path))
        #expect(try content().array == Array("key".utf8))
    }

    // A07, A08.
    @Test func a_file_that_goes_and_comes_back_is_seen_both_times() throws {
        try scratch.write("old", to: "key")
        let probe = try watch()
        for _ in 1...3 {
            try scratch.rename("key", to: "away")
            try #require(probe.isChecked(path))
            try scratch.rename("away", to: "key")
            try #require(probe.isChecked(path))
            try scratch.delete("key")
            try #require(probe.isChecked(path))
            try scratch.write("new", to: "key")
            try #require(probe.isChecked(path))
        }
    }

    // A23.
    @Test func a_touch_is_a_check_and_the_content_compares_equal() throws {
        try scratch.write("same", to: "key")
        let before = try content()
        let probe = try watch()
        try #require(unsafe utimensat(AT_FDCWD, path.path, nil, 0) == 0)
        #expect(probe.isChecked(path))
        #expect(try content() == before)
    }

    // A24.
    @Test func new_content_of_the_same_size_and_time_is_seen() throws {
        try scratch.write("k1", to: "key")
        let before = try content()
        let status = try #require(FileStatus(ofPathItself: path.path))
        let probe = try watch()
        try scratch.write("k2", to: "key.new")
        let old = timespec(tv_sec: Int(status.modified.seconds), tv_nsec: Int(status.modified.nanoseconds))
        var times = [old, old]
        try #require(unsafe utimensat(AT_FDCWD, scratch.at("key.new"), &times, 0) == 0)
        try scratch.rename("key.new", to: "key")
        #expect(FileStatus(ofPathItself: path.path)?.modified == status.modified)
        #expect(probe.isChecked(path))
        #expect(try content() != before)
    }

    @Test func time_from_writing_to_the_check_is_printed() throws {
        try scratch.write("0", to: "key")
        let probe = try watch()
        var worst: Int64 = 0
        for round in 1...20 {
            let start = MonotonicTime.now()
            try scratch.write("\(round)", to: "key.new")
            try scratch.rename("key.new", to: "key")
            try #require(probe.isChecked(path))
            worst = max(worst, MonotonicTime.now().nanoseconds - start.nanoseconds)
            probe.settle()
        }
        print("write to check: worst of 20 is \(worst / 1000) µs")
    }
}
