import Glibc
import Testing

@testable import Platform

/// Real inotify at its limits, and what the owner of a watcher does with it.
@Suite(.serialized) struct FileWatcherLimitTests {
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

    @Test func other_files_in_the_directory_cause_no_check() throws {
        try scratch.write("key", to: "key")
        let probe = try watch()
        try scratch.write("x", to: "other")
        try scratch.rename("other", to: "another")
        // The next event is the proof that the ones before it were taken, and asked for nothing.
        try scratch.write("y", to: "key")
        #expect(probe.isChecked(path))
        #expect(probe.watcher.drain(now: .now()).isEmpty)
        try scratch.write("x", to: "other")
        _ = probe.watcher.drain(now: .now())
        #expect(probe.watcher.nextDeadline == nil)
    }

    @Test func replaced_paths_are_watched_and_former_ones_forgotten() throws {
        try scratch.write("1", to: "key")
        try scratch.write("2", to: "second")
        let second = WatchedPath.file(scratch.at("second"))
        let probe = try watch()
        #expect(probe.watcher.replacePaths([second]) == [.check([second])])
        try scratch.write("changed", to: "key")
        _ = probe.watcher.drain(now: .now())
        #expect(probe.watcher.nextDeadline == nil)
        try scratch.write("changed", to: "second")
        #expect(probe.isChecked(second))
    }

    @Test func an_event_loop_may_read_the_descriptor_itself() throws {
        try scratch.write("old", to: "key")
        let probe = try watch()
        let duplicate = try #require(probe.watcher.duplicateDescriptor())
        defer { _ = close(duplicate) }
        try scratch.write("new", to: "key")
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(duplicate, $0.baseAddress, $0.count) }
        try #require(count > 0)
        #expect(probe.watcher.receive(buffer.span.extracting(first: count), now: .now()).isEmpty)
        #expect(probe.watcher.nextDeadline != nil)
        #expect(probe.isChecked(path))
    }

    // A30, simulated and for real.
    @Test func an_overflow_of_the_queue_checks_everything() throws {
        let other = WatchedPath.file(scratch.at("other"))
        let probe = try watch([path, other])
        let now = MonotonicTime.now()
        let overflow = WatchTableTests.record(watch: -1, mask: UInt32(IN_Q_OVERFLOW), name: "", padding: 0)
        #expect(probe.watcher.receive(overflow.span, now: now).isEmpty)
        let later = now.advanced(byNanoseconds: 1_000_000_000)
        #expect(probe.watcher.drain(now: later) == [.check([path, other])])
    }

    @Test func a_flooded_queue_loses_events_and_no_change() throws {
        try scratch.write("old", to: "key")
        try scratch.write("x", to: "a")
        let probe = try watch()
        let limit = try SecureFile.read("/proc/sys/fs/inotify/max_queued_events", limit: 20, policy: .ordinary)
        let size = try #require(Int(String(decoding: limit.array.dropLast(), as: UTF8.self)))
        try #require(size <= 200_000, "fs.inotify.max_queued_events is too large to be flooded here")
        for _ in 0...size / 4 {
            try scratch.rename("a", to: "b")
            try scratch.rename("b", to: "a")
        }
        // The queue is full: this change has no event of its own.
        try scratch.write("new", to: "key")
        #expect(probe.isChecked(path))
        #expect(try content().array == Array("new".utf8))
        probe.settle()
        try scratch.write("newer", to: "key")
        #expect(probe.isChecked(path))
    }

    // A31.
    @Test func without_inotify_the_watcher_says_so_and_polling_is_left() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchDirectory()
            try scratch.write("old", to: "key")
            let path = WatchedPath.file(scratch.at("key"))
            let taken = DescriptorTable.fill()
            let watcher = FileWatcher(paths: [path])
            taken.closeAll()
            #expect(watcher.fileDescriptor == nil)
            #expect(watcher.duplicateDescriptor() == nil)
            #expect(watcher.problem?.code == .unavailable)
            #expect(watcher.problem?.errorNumber?.rawValue == EMFILE)
            #expect(watcher.nextDeadline == nil)
            #expect(watcher.drain(now: .now()).isEmpty)
            #expect(watcher.recheck() == [.check([path])])
        }
    }

    @Test(.enabled(if: geteuid() == 0, "drops root's rights in a child"))
    func an_unreadable_directory_is_told_once_and_its_mending_too() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchDirectory()
            try scratch.setMode(0o755, of: ".")
            try scratch.makeDirectory("d", mode: 0o700)
            let path = WatchedPath.file(scratch.at("d/key"))
            try scratch.write("k", to: "d/key")
            try scratch.setMode(0o711, of: "d")
            try #require(seteuid(65_534) == 0)
            let watcher = FileWatcher(paths: [path])
            let problem = try #require(watcher.problem)
            #expect(problem.code == .permissionDenied)
            #expect(problem.path == scratch.at("d"))
            #expect(watcher.recheck() == [.check([path])])
            try #require(seteuid(0) == 0)
            try scratch.setMode(0o755, of: "d")
            try #require(seteuid(65_534) == 0)
            #expect(watcher.recheck() == [.restored, .check([path])])
            #expect(watcher.problem == nil)
            try #require(seteuid(0) == 0)
            try scratch.setMode(0o711, of: "d")
            try #require(seteuid(65_534) == 0)
            #expect(watcher.recheck() == [.degraded(problem), .check([path])])
            _ = seteuid(0)
        }
    }
}
