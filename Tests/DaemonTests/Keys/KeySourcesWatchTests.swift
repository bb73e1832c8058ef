import Authorization
import Configuration
import Foundation
import Glibc
import Platform
import TestSupport
import Testing

@testable import Daemon

/// Files that change while the daemon runs, with the real watch.
@Suite struct KeySourcesWatchTests {
    private let folder: TemporaryDirectory
    private let probe: KeySourcesProbe

    init() throws {
        folder = try TemporaryDirectory()
        try folder.write(KeySettings.secret(0), to: "jwt")
        probe = try KeySourcesProbe(KeySettings.settings(.file(folder.file("jwt"))))
        try probe.start()
    }

    private static let degraded = "keys not loaded, going on with the last good ones"

    @Test func a_half_written_secret_never_counts_and_the_whole_one_does() throws {
        let secret = KeySettings.secret(1)
        try folder.write(String(secret.prefix(16)), to: "jwt")
        probe.awaitLog(Self.degraded)
        try folder.write(secret, to: "jwt")
        probe.awaitSecrets([secret])
        probe.awaitLog("keys recovered")
        #expect(probe.history == [[secret]])
    }

    @Test func a_secret_that_is_written_byte_by_byte_counts_only_as_a_whole() throws {
        // Long enough to be a good secret from the 32nd byte on.
        let secret = KeySettings.secret(1) + KeySettings.secret(2) + KeySettings.secret(3)
        let path = folder.file("jwt")
        let descriptor = unsafe open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
        try #require(descriptor >= 0)
        for var byte in secret.utf8 {
            // The pointer lives for the call only.
            _ = unsafe Glibc.write(descriptor, &byte, 1)
        }
        _ = close(descriptor)
        probe.awaitSecrets([secret])
        #expect(probe.history == [[secret]])
    }

    @Test func truncating_and_writing_in_place_keeps_the_old_key_until_the_new_one_is_there() throws {
        for number in 1...5 {
            try folder.write("", to: "jwt")
            probe.awaitLog(Self.degraded, count: number)
            try folder.write(KeySettings.secret(number), to: "jwt")
            probe.awaitSecrets([KeySettings.secret(number)])
            probe.awaitLog("keys recovered", count: number)
        }
        #expect(probe.history.count == 5)
    }

    @Test func a_rename_over_the_file_is_taken_up_again_and_again() throws {
        for number in 1...10 {
            try folder.replace("jwt", with: KeySettings.secret(number))
            probe.awaitSecrets([KeySettings.secret(number)])
        }
        #expect(!probe.log.current.contains { $0.hasPrefix(Self.degraded) })
    }

    @Test func a_thousand_fast_renames_are_taken_up_in_order_and_end_with_the_last() throws {
        let secrets = (1...1000).map { KeySettings.secret($0) }
        for secret in secrets { try folder.replace("jwt", with: secret) }
        probe.awaitSecrets([KeySettings.secret(1000)])
        let places = probe.history.map { secrets.firstIndex(of: $0.first ?? "") ?? -1 }
        #expect(places == places.sorted())
        #expect(Set(places).count == places.count)
    }

    @Test func a_deleted_file_is_taken_up_when_it_comes_back() throws {
        folder.remove("jwt")
        probe.awaitLog(Self.degraded)
        #expect(try probe.status()[0].health == .degraded)
        #expect(try probe.rings()[0]?.currentSecrets == [KeySettings.secret(0)])
        try folder.write(KeySettings.secret(1), to: "jwt")
        probe.awaitSecrets([KeySettings.secret(1)])
    }

    @Test func a_file_that_is_moved_away_and_back_recovers_without_a_rotation() throws {
        try #require(unsafe rename(folder.file("jwt"), folder.file("away")) == 0)
        probe.awaitLog(Self.degraded)
        try #require(unsafe rename(folder.file("away"), folder.file("jwt")) == 0)
        probe.awaitLog("keys recovered")
        #expect(probe.publications == 0)
        #expect(try probe.status()[0].generation == 1)
        #expect(try probe.status()[0].health == .current)
    }

    @Test func each_fault_is_said_once_on_entry_and_once_on_exit() throws {
        try folder.write("short", to: "jwt")
        probe.awaitLog(Self.degraded)
        for _ in 0..<5 { try probe.reloadNow() }
        try folder.write(KeySettings.secret(1), to: "jwt")
        probe.awaitLog("keys recovered")
        for _ in 0..<5 { try probe.reloadNow() }
        #expect(probe.log.current.count { $0.hasPrefix(Self.degraded) } == 1)
        #expect(probe.log.current.count { $0.hasPrefix("keys recovered") } == 1)
        #expect(try probe.status()[0].reloads.failed >= 6)
        #expect(!probe.log.current.joined().contains("short\n"))
    }

    @Test func no_log_line_holds_a_secret() throws {
        try folder.write(KeySettings.secret(1), to: "jwt")
        probe.awaitSecrets([KeySettings.secret(1)])
        let text = probe.log.current.joined()
        #expect(!text.contains(KeySettings.secret(0)))
        #expect(!text.contains(KeySettings.secret(1)))
    }

    @Test func another_mode_makes_a_good_file_bad_and_a_bad_one_good() throws {
        // The strings live for the calls.
        try #require(unsafe chmod(folder.file("jwt"), 0o644) == 0)
        probe.awaitLog(Self.degraded)
        try #require(unsafe chmod(folder.file("jwt"), 0o600) == 0)
        probe.awaitLog("keys recovered")
    }

    @Test func a_change_that_is_lost_in_a_full_event_queue_is_found() throws {
        let limit = try String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
        let events = try #require(Int(limit.trimmingCharacters(in: .whitespacesAndNewlines)))
        try #require(events <= 100_000, "the queue of this machine is too long to be filled")
        // On the control loop, so that nobody empties the queue meanwhile. Each write is three events at least.
        try probe.on { [folder] _ in
            for number in 0...(events / 3) { try folder.write("x", to: "noise-\(number % 50)") }
            try folder.replace("jwt", with: KeySettings.secret(1))
        }
        probe.awaitSecrets([KeySettings.secret(1)])
    }

    @Test func without_any_watch_a_poll_finds_the_change() throws {
        try probe.goDeaf()
        try folder.replace("jwt", with: KeySettings.secret(1))
        probe.awaitSecrets([KeySettings.secret(1)])
        try folder.replace("jwt", with: KeySettings.secret(2))
        probe.awaitSecrets([KeySettings.secret(2)])
    }

    @Test func nothing_is_published_after_the_end() throws {
        probe.stop()
        try folder.replace("jwt", with: KeySettings.secret(1))
        try probe.reloadNow()
        #expect(probe.publications == 0)
    }
}
