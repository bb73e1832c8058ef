import Glibc
import Testing

@testable import Platform

/// Real inotify: the way to the file changes, by links and directories, and the watches go along.
@Suite(.serialized) struct FileWatcherWayTests {
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

    // A09: the AtomicWriter of Kubernetes, old directories removed.
    @Test func each_of_ten_swaps_of_the_data_link_is_seen() throws {
        try scratch.makeDirectory("..ts0")
        try scratch.write("0", to: "..ts0/key")
        try scratch.link("..data", to: "..ts0")
        try scratch.link("key", to: "..data/key")
        let probe = try watch()
        for round in 1...10 {
            try scratch.makeDirectory("..ts\(round)")
            try scratch.write("\(round)", to: "..ts\(round)/key")
            try scratch.link("..data_tmp", to: "..ts\(round)")
            try scratch.rename("..data_tmp", to: "..data")
            ScratchDirectory.remove(scratch.at("..ts\(round - 1)"))
            try #require(probe.isChecked(path), "round \(round)")
            #expect(try content().array == Array("\(round)".utf8))
            probe.settle()
        }
    }

    @Test func a_whole_directory_behind_a_link_can_be_exchanged() throws {
        for release in ["r1", "r2"] {
            try scratch.makeDirectory(release)
            try scratch.makeDirectory("\(release)/deep")
            try scratch.write(release, to: "\(release)/deep/key")
        }
        try scratch.link("current", to: "r1")
        let watched = WatchedPath.file(scratch.at("current/deep/key"))
        let probe = try watch([watched])
        try scratch.link("current.new", to: "r2")
        try scratch.rename("current.new", to: "current")
        #expect(probe.isChecked(watched))
        // And the watch has gone along with the link.
        try scratch.write("changed", to: "r2/deep/key")
        #expect(probe.isChecked(watched))
    }

    @Test func a_file_that_was_missing_at_first_is_seen_when_it_comes() throws {
        let watched = WatchedPath.file(scratch.at("a/b/key"))
        let probe = try watch([watched])
        try scratch.makeDirectory("a")
        #expect(probe.isChecked(watched))
        try scratch.makeDirectory("a/b")
        #expect(probe.isChecked(watched))
        try scratch.write("key", to: "a/b/key")
        #expect(probe.isChecked(watched))
        #expect(probe.watcher.problem == nil)
    }

    // A10.
    @Test func a_dangling_link_and_a_loop_are_left_as_soon_as_they_are_mended() throws {
        try scratch.link("key", to: "key")
        let probe = try watch()
        try scratch.delete("key")
        try scratch.link("key", to: "elsewhere")
        #expect(probe.isChecked(path))
        try scratch.write("new", to: "elsewhere")
        #expect(probe.isChecked(path))
        #expect(try content().array == Array("new".utf8))
    }

    // A33.
    @Test func a_directory_that_is_replaced_is_watched_in_its_new_form() throws {
        try scratch.makeDirectory("d")
        try scratch.write("old", to: "d/key")
        let watched = WatchedPath.file(scratch.at("d/key"))
        let probe = try watch([watched])
        for round in 1...3 {
            try scratch.rename("d", to: "d\(round)")
            try #require(probe.isChecked(watched))
            try scratch.makeDirectory("d")
            try #require(probe.isChecked(watched))
            try scratch.write("new", to: "d/key")
            try #require(probe.isChecked(watched))
            probe.settle()
            try scratch.write("again", to: "d/key")
            try #require(probe.isChecked(watched))
        }
    }

    @Test func a_directory_above_that_is_moved_away_is_noticed() throws {
        try scratch.makeDirectory("a")
        try scratch.makeDirectory("a/b")
        try scratch.write("old", to: "a/b/key")
        let watched = WatchedPath.file(scratch.at("a/b/key"))
        let probe = try watch([watched])
        try scratch.rename("a", to: "moved")
        try #require(probe.isChecked(watched))
        try scratch.rename("moved", to: "a")
        try #require(probe.isChecked(watched))
    }

    @Test func a_deleted_directory_that_somebody_still_holds_open_is_noticed() throws {
        try scratch.makeDirectory("d")
        let watched = WatchedPath.file(scratch.at("d/key"))
        let probe = try watch([watched])
        let holder = unsafe open(scratch.at("d"), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        try #require(holder >= 0)
        defer { _ = close(holder) }
        try #require(unsafe rmdir(scratch.at("d")) == 0)
        try #require(probe.isChecked(watched))
        try scratch.makeDirectory("d")
        try #require(probe.isChecked(watched))
        try scratch.write("new", to: "d/key")
        try #require(probe.isChecked(watched))
    }

    @Test func a_watched_directory_tells_of_every_file_in_it() throws {
        try scratch.makeDirectory("keys")
        let watched = WatchedPath.directory(scratch.at("keys"))
        let probe = try watch([watched])
        try scratch.write("1", to: "keys/k1")
        try #require(probe.isChecked(watched))
        try scratch.write("2", to: "keys/k1")
        try #require(probe.isChecked(watched))
        try scratch.rename("keys/k1", to: "keys/k2")
        try #require(probe.isChecked(watched))
        try scratch.delete("keys/k2")
        try #require(probe.isChecked(watched))
    }

    @Test func a_relative_path_is_named_as_it_was_given() throws {
        let relative = WatchedPath.file(String(repeating: "../", count: 30) + scratch.at("key").dropFirst())
        let probe = try watch([relative])
        try scratch.write("new", to: "key")
        #expect(probe.isChecked(relative))
    }
}
