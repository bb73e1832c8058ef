import Authorization
import Configuration
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Daemon

/// What a key file may be, at start and later: section A of the fault catalogue, without watching.
@Suite struct KeySourceFileFaultTests {
    private let folder: TemporaryDirectory
    private var probe: KeySourceProbe

    init() throws {
        folder = try TemporaryDirectory()
        probe = KeySourceProbe(.file(folder.file("jwt")))
    }

    private func write(_ number: Int) throws { try folder.write(KeySettings.secret(number) + "\n", to: "jwt") }

    @Test mutating func a_missing_file_is_refused_at_start_with_its_path_and_there_is_no_built_in_key() {
        guard case .failed(let failure) = probe.check() else {
            Issue.record("not refused")
            return
        }
        #expect(failure.code == .missing)
        #expect(failure.description.contains(folder.file("jwt")))
        #expect(failure.issuer == "main")
        #expect(probe.source.ring == nil)
        #expect(probe.source.health == .neverLoaded)
    }

    @Test(arguments: ["", "\n", "  \n", "\u{FEFF}"])
    mutating func an_empty_file_is_refused(text: String) throws {
        try folder.write(text, to: "jwt")
        #expect(probe.failure() != nil)
        #expect(probe.source.ring == nil)
    }

    @Test mutating func half_a_secret_is_refused_and_the_old_one_stays() throws {
        try write(1)
        #expect(probe.check() == .loaded(1))
        try folder.write(String(KeySettings.secret(2).prefix(16)), to: "jwt")
        #expect(probe.failure() == .contentRefused)
        #expect(probe.secrets == [KeySettings.secret(1)])
        #expect(probe.source.health == .degraded)
        try write(2)
        #expect(probe.check() == .loaded(1))
        #expect(probe.secrets == [KeySettings.secret(2)])
        #expect(probe.source.health == .current)
    }

    @Test mutating func a_truncated_file_a_deleted_one_and_one_that_is_moved_away_leave_the_old_key() throws {
        try write(1)
        _ = probe.check()
        try folder.write("", to: "jwt")
        #expect(probe.failure() == .noKeys)
        folder.remove("jwt")
        #expect(probe.failure() == .missing)
        #expect(probe.secrets == [KeySettings.secret(1)])
        try write(1)
        #expect(probe.check() == .recovered)
        #expect(probe.source.generation == 1)
    }

    @Test mutating func dangling_and_circular_links_are_refused() throws {
        try folder.link("jwt", to: "nowhere")
        #expect(probe.failure() == .missing)
        try folder.link("jwt", to: "jwt")
        #expect(probe.failure() == .fileRefused)
    }

    @Test(arguments: [0o644, 0o604, 0o620, 0o666, 0o602] as [UInt32])
    mutating func a_file_that_others_can_read_or_write_is_refused_and_says_what_to_do(mode: UInt32) throws {
        try folder.write(KeySettings.secret(1), to: "jwt", mode: mode)
        guard case .failed(let failure) = probe.check() else {
            Issue.record("not refused")
            return
        }
        #expect(failure.code == .fileRefused)
        #expect(failure.message.contains("chmod"))
    }

    @Test(.enabled(if: geteuid() == 0, "needs root to give a file away"))
    mutating func a_file_of_another_user_is_refused() throws {
        let path = try folder.write(KeySettings.secret(1), to: "jwt")
        // The string lives for the call.
        try #require(unsafe chown(path, 65_534, 65_534) == 0)
        #expect(probe.failure() == .fileRefused)
    }

    @Test mutating func what_is_no_regular_file_is_refused_without_waiting() throws {
        // The string lives for the call.
        try #require(unsafe mkfifo(folder.file("jwt"), 0o600) == 0)
        #expect(probe.failure() == .fileRefused)
        folder.remove("jwt")
        try folder.makeDirectory("jwt")
        #expect(probe.failure() == .fileRefused)
        var device = KeySourceProbe(.file("/dev/zero"))
        #expect(device.failure() == .fileRefused)
    }

    @Test mutating func a_huge_file_is_refused_by_its_size() throws {
        let path = try folder.write("x", to: "jwt")
        // The string lives for the call. Sparse: it takes no room.
        try #require(unsafe truncate(path, 1 << 30) == 0)
        #expect(probe.failure() == .fileRefused)
        // The largest that is allowed.
        let line = KeySettings.secret(1) + "\n"
        try folder.write(String(repeating: line, count: 65_536 / line.utf8.count), to: "jwt")
        #expect(probe.check() == .loaded(1))
    }

    @Test mutating func one_line_end_is_dropped_and_nothing_else() throws {
        for text in [KeySettings.secret(1), KeySettings.secret(1) + "\n", KeySettings.secret(1) + "\r\n"] {
            try folder.write(text, to: "jwt")
            _ = probe.check()
            #expect(probe.secrets == [KeySettings.secret(1)])
        }
        #expect(probe.source.generation == 1)
        for text in [" " + KeySettings.secret(1), KeySettings.secret(1) + " "] {
            try folder.write(text, to: "jwt")
            #expect(probe.failure() == .contentRefused)
        }
    }

    @Test mutating func a_byte_order_mark_is_refused() throws {
        try folder.write("\u{FEFF}" + KeySettings.secret(1), to: "jwt")
        #expect(probe.failure() == .contentRefused)
    }

    @Test mutating func a_binary_secret_is_refused_as_text_and_taken_from_a_JWK() throws {
        let bytes = [0, 0x0A] + (2..<32).map { UInt8($0) }
        try folder.write(bytes, to: "jwt")
        #expect(probe.failure() == .contentRefused)
        try folder.write(#"{"kty":"oct","k":"\#(TokenMint.base64url(bytes))","kid":"binary"}"#, to: "jwt")
        #expect(probe.check() == .loaded(1))
    }

    @Test(arguments: [
        "mysecret", String(repeating: "a", count: 32), String(repeating: "ab", count: 32),
        "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAA nobody",
    ])
    mutating func bad_new_content_leaves_the_good_old_key_and_is_counted(text: String) throws {
        try write(1)
        _ = probe.check()
        try folder.write(text, to: "jwt")
        #expect(probe.failure() == .contentRefused)
        #expect(probe.secrets == [KeySettings.secret(1)])
        let status = probe.source.status(at: Timestamp(seconds: 0))
        #expect(status.health == .degraded)
        #expect(status.reloads.failed == 1)
        #expect(status.lastError?.code == .contentRefused)
        let said = status.lastError?.message ?? ""
        #expect(!said.contains(text.prefix(6)))
    }

    @Test mutating func a_secret_one_byte_short_is_refused_and_one_of_the_least_length_is_not() throws {
        try folder.write(String(KeySettings.secret(1).prefix(31)), to: "jwt")
        #expect(probe.failure() == .contentRefused)
        try folder.write(String(KeySettings.secret(1).prefix(32)), to: "jwt")
        #expect(probe.check() == .loaded(1))
    }

    @Test mutating func a_touch_changes_nothing_and_prolongs_no_overlap() throws {
        probe = KeySourceProbe(.file(folder.file("jwt")), overlap: 60)
        try write(1)
        _ = probe.check()
        try write(2)
        _ = probe.check()
        let retirement = probe.source.nextRetirement
        for _ in 0..<3 {
            probe.ahead += 10
            // The string lives for the call; no times: now.
            try #require(unsafe utimensat(AT_FDCWD, folder.file("jwt"), nil, 0) == 0)
            #expect(probe.check() == .unchanged)
        }
        #expect(probe.source.nextRetirement == retirement)
        #expect(probe.source.generation == 2)
    }

    @Test mutating func other_content_of_the_same_size_and_time_is_noticed() throws {
        let path = try folder.write(KeySettings.secret(1), to: "jwt")
        var times = [timespec(tv_sec: 1_000_000, tv_nsec: 0), timespec(tv_sec: 1_000_000, tv_nsec: 0)]
        // Both pointers live for the call.
        try #require(unsafe utimensat(AT_FDCWD, path, &times, 0) == 0)
        _ = probe.check()
        try folder.write(KeySettings.secret(2), to: "jwt")
        try #require(unsafe utimensat(AT_FDCWD, path, &times, 0) == 0)
        #expect(probe.check() == .loaded(1))
        #expect(probe.secrets == [KeySettings.secret(2)])
    }

    @Test mutating func going_back_to_an_older_secret_is_a_rotation_like_any() throws {
        probe = KeySourceProbe(.file(folder.file("jwt")), overlap: 60)
        for number in [1, 2, 1] {
            try write(number)
            #expect(probe.check() == .loaded(1))
            #expect(probe.secrets == [KeySettings.secret(number)])
        }
        #expect(probe.source.ring?.retiredSecrets == [KeySettings.secret(2)])
    }

    @Test mutating func a_removed_secret_stops_at_once_without_overlap() throws {
        try folder.write(KeySettings.secret(1) + "\n" + KeySettings.secret(2) + "\n", to: "jwt")
        #expect(probe.check() == .loaded(2))
        try write(1)
        #expect(probe.check() == .loaded(1))
        #expect(probe.source.ring?.entries.count == 1)
    }

    @Test mutating func a_file_that_is_swapped_while_it_is_read_gives_one_version_or_the_other() throws {
        let versions = (1...2).map { number in (0..<4).map { KeySettings.secret(number * 10 + $0) } }
        try folder.replace("jwt", with: versions[0].joined(separator: "\n"))
        let folder = self.folder
        let isOver = Awaited(false)
        let writer = Awaited(false)
        // A thread of its own: tests that block may hold all threads of the concurrency pool.
        Thread.detachNewThread {
            var turn = 0
            while !isOver.current {
                turn += 1
                try? folder.replace("jwt", with: versions[turn % 2].joined(separator: "\n"))
            }
            writer.update { $0 = true }
        }
        for _ in 0..<300 {
            _ = probe.check()
            if !probe.secrets.isEmpty { #expect(versions.contains(probe.secrets)) }
        }
        isOver.update { $0 = true }
        #expect(writer.first(before: .usual) { $0 ? true : nil } == true)
    }
}
