import Glibc
import TestSupport
import Testing

@testable import Platform

@Suite struct UnixSocketFileTests {
    private let scratch: ScratchDirectory

    init() throws {
        scratch = try ScratchDirectory()
    }

    private func refusal(_ name: String) -> SocketError? {
        do throws(SocketError) {
            let socket = try UnixSocketFile(path: name.hasPrefix("/") ? name : scratch.at(name), mode: 0o660)
            socket.remove()
            return nil
        } catch {
            return error
        }
    }

    private func inode(_ name: String) throws -> UInt64 {
        try #require(FileStatus(ofPathItself: scratch.at(name))).inode
    }

    @Test func a_fresh_socket_listens_and_is_gone_after_removal() throws {
        let socket = try UnixSocketFile(path: scratch.at("s"), mode: 0o660)
        #expect(try RawSocket.accepts(scratch.at("s")))
        #expect(socket.isInPlace)
        let number = try #require(socket.fileDescriptor)
        #expect(fcntl(number, F_GETFL) & O_NONBLOCK != 0)
        #expect(fcntl(number, F_GETFD) & FD_CLOEXEC != 0)
        socket.remove()
        #expect(scratch.names().isEmpty)
        socket.remove()
    }

    @Test func a_descriptor_that_was_taken_is_the_callers() throws {
        var socket: UnixSocketFile? = try UnixSocketFile(path: scratch.at("s"), mode: 0o660)
        let number = try #require(socket?.takeDescriptor())
        #expect(socket?.takeDescriptor() == nil)
        #expect(socket?.fileDescriptor == nil)
        socket = nil
        #expect(try RawSocket.accepts(scratch.at("s")))
        _ = close(number)
    }

    // C01, B09.
    @Test func a_socket_file_of_a_dead_process_is_replaced() throws {
        _ = close(try RawSocket.bind(scratch.at("s"), backlog: 1))
        #expect(try !RawSocket.accepts(scratch.at("s")))
        let socket = try UnixSocketFile(path: scratch.at("s"), mode: 0o660)
        #expect(try RawSocket.accepts(scratch.at("s")))
        socket.remove()
    }

    @Test func the_files_of_a_killed_owner_are_no_obstacle() async throws {
        let path = scratch.at("s")
        // The child ends without removing socket and lock.
        await #expect(processExitsWith: .success) { [path = path as String] in
            let socket = try UnixSocketFile(path: path, mode: 0o660)
            #expect(socket.isInPlace)
            _exit(0)
        }
        #expect(FileStatus(ofPathItself: path)?.kind == .socket)
        #expect(FileStatus(ofPathItself: "\(path).lock")?.kind == .regular)
        let socket = try UnixSocketFile(path: path, mode: 0o660)
        #expect(try RawSocket.accepts(path))
        socket.remove()
        #expect(FileStatus(ofPathItself: "\(path).lock") == nil)
    }

    // C02.
    @Test func a_live_socket_of_any_program_is_never_stolen() throws {
        let other = try RawSocket.bind(scratch.at("s"), backlog: 8)
        defer { _ = close(other) }
        let before = try inode("s")
        let error = try #require(refusal("s"))
        #expect(error.code == .inUse)
        #expect(error.description.contains("process \(getpid()) listens on it"))
        #expect(error.description.contains("unix:\(scratch.at("s"))"))
        #expect(try inode("s") == before)
        #expect(try RawSocket.accepts(scratch.at("s")))
        #expect(scratch.names() == ["s"], "no lock file is left")
    }

    // C12.
    @Test func a_live_socket_whose_queue_is_full_is_never_stolen() throws {
        let other = try RawSocket.bind(scratch.at("s"), backlog: 0)
        defer { _ = close(other) }
        var clients: [Int32] = []
        while let client = try RawSocket.connect(scratch.at("s"), blocking: false) {
            clients.append(client)
        }
        defer { clients.closeAll() }
        #expect(refusal("s")?.code == .inUse)
        #expect(FileStatus(ofPathItself: scratch.at("s"))?.kind == .socket)
    }

    @Test func a_datagram_socket_at_the_path_is_never_stolen() throws {
        let other = try RawSocket.bind(scratch.at("s"), type: RawSocket.datagram)
        defer { _ = close(other) }
        #expect(refusal("s")?.code == .inUse)
        #expect(FileStatus(ofPathItself: scratch.at("s"))?.kind == .socket)
    }

    // B17.
    @Test func a_second_instance_is_refused_and_the_first_unharmed() throws {
        let first = try UnixSocketFile(path: scratch.at("s"), mode: 0o660)
        let before = try inode("s")
        let error = try #require(refusal("s"))
        #expect(error.code == .inUse)
        #expect(error.description.contains("s.lock"))
        #expect(try inode("s") == before)
        #expect(first.isInPlace)
        #expect(try RawSocket.accepts(scratch.at("s")))
        first.remove()
    }

    @Test func of_many_that_start_at_once_over_a_stale_file_exactly_one_wins() async throws {
        for _ in 1...20 {
            let path = scratch.at("s")
            _ = close(try RawSocket.bind(path, backlog: 1))
            let sockets = await withTaskGroup(of: SendableSocket?.self) { group in
                for _ in 0..<8 {
                    group.addTask { (try? UnixSocketFile(path: path, mode: 0o660)).map(SendableSocket.init) }
                }
                var winners: [SendableSocket] = []
                for await case let socket? in group {
                    winners.append(socket)
                }
                return winners
            }
            #expect(sockets.count == 1)
            #expect(try RawSocket.accepts(path))
            for winner in sockets {
                winner.socket.remove()
            }
        }
    }

    // C03.
    @Test func what_is_no_socket_is_refused_and_never_deleted() throws {
        try scratch.write("precious", to: "file")
        try scratch.makeDirectory("directory")
        _ = close(try RawSocket.bind(scratch.at("stale"), backlog: 1))
        try scratch.link("link", to: "stale")
        try scratch.link("dangling", to: "nowhere")
        try #require(unsafe mkfifo(scratch.at("fifo"), 0o600) == 0)
        let before = scratch.names()
        for (name, kind) in [
            ("file", "a regular file"), ("directory", "a directory"), ("link", "a symbolic link"),
            ("dangling", "a symbolic link"), ("fifo", "a fifo"),
        ] {
            let error = try #require(refusal(name), "\(name)")
            #expect(error.code == .notSocket)
            #expect(error.description.contains("is \(kind)"))
        }
        #expect(scratch.names() == before)
        #expect(try SecureFile.read(scratch.at("file"), limit: 100, policy: .secret).array == Array("precious".utf8))
    }

    // C04.
    @Test func a_path_of_107_bytes_is_the_longest() throws {
        let room = UnixSocketAddress.longestPath - scratch.path.utf8.count - 1
        let longest = String(repeating: "s", count: room)
        #expect(refusal(longest) == nil)
        let error = try #require(refusal(longest + "s"))
        #expect(error.code == .pathTooLong)
        #expect(error.description.contains("108 bytes"))
        #expect(throws: SocketError.self) { try UnixSocketFile(path: "", mode: 0o600) }
        #expect(throws: SocketError.self) { try UnixSocketFile(path: "a\u{0}b", mode: 0o600) }
    }

    @Test func a_missing_directory_is_named() throws {
        let error = try #require(refusal("absent/s"))
        #expect(error.code == .directoryMissing)
        #expect(error.description.contains(scratch.at("absent")))
        try scratch.write("", to: "file")
        #expect(refusal("file/s")?.code == .directoryMissing)
    }

    @Test(.enabled(if: geteuid() == 0, "drops root's rights in a child"))
    func an_unwritable_directory_is_named() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchDirectory()
            try scratch.setMode(0o755, of: ".")
            try #require(seteuid(65_534) == 0)
            defer { _ = seteuid(0) }
            let error = try #require(throws: SocketError.self) {
                _ = try UnixSocketFile(path: scratch.at("s"), mode: 0o660)
            }
            #expect(error.code == .directoryNotWritable)
            #expect(error.description.contains(scratch.path))
        }
    }

    // C06.
    @Test func the_mode_is_as_configured_whatever_the_umask() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchDirectory()
            for mask: UInt32 in [0, 0o022, 0o077, 0o777] {
                for mode: UInt32 in [0o600, 0o660, 0o666] {
                    _ = umask(mask)
                    let socket = try UnixSocketFile(path: scratch.at("s"), mode: mode)
                    #expect(FileStatus(ofPathItself: scratch.at("s"))?.permissions == mode)
                    let first = try #require(socket.identity).permissions
                    #expect(first == 0o600 & ~mask, "as bind(2) made it")
                    #expect(umask(mask) == mask, "the umask was touched")
                    socket.remove()
                }
            }
        }
    }

    @Test func at_no_moment_is_the_file_wider_than_configured() async throws {
        let path = scratch.at("s")
        let sightings = Sightings()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    for _ in 0..<1000 {
                        if let status = FileStatus(ofPathItself: path) { sightings.note(status.permissions) }
                    }
                    await Task.yield()
                }
            }
            var rounds = 0
            while rounds < 300 || sightings.count < 100 {
                let socket = try UnixSocketFile(path: path, mode: 0o620)
                await Task.yield()
                socket.remove()
                rounds += 1
            }
            group.cancelAll()
        }
        let seen = sightings.permissions
        print("permissions seen: \(seen.map { String($0, radix: 8) }.sorted())")
        #expect(seen.allSatisfy { $0 & ~0o620 == 0 })
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files to any group"))
    func the_group_is_as_configured() throws {
        let socket = try UnixSocketFile(path: scratch.at("s"), mode: 0o660, group: 12_345)
        let status = try #require(FileStatus(ofPathItself: scratch.at("s")))
        #expect(status.group == 12_345)
        #expect(status.permissions == 0o660)
        socket.remove()
    }

    @Test(.enabled(if: geteuid() == 0, "drops root's rights in a child"))
    func a_group_one_is_no_member_of_is_an_error_and_leaves_nothing() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchDirectory()
            try scratch.setMode(0o777, of: ".")
            try #require(setegid(65_534) == 0)
            try #require(setgroups(0, nil) == 0)
            try #require(seteuid(65_534) == 0)
            defer { _ = seteuid(0) }
            let error = try #require(throws: SocketError.self) {
                _ = try UnixSocketFile(path: scratch.at("s"), mode: 0o660, group: 12_345)
            }
            #expect(error.code == .permissionDenied)
            #expect(error.description.contains("gid 12345"))
            #expect(scratch.names().isEmpty)
        }
    }

    // C05.
    @Test func a_file_that_somebody_deleted_or_replaced_is_noticed_and_not_ours_to_delete() throws {
        let socket = try UnixSocketFile(path: scratch.at("s"), mode: 0o660)
        try scratch.delete("s")
        #expect(!socket.isInPlace)
        try scratch.write("somebody's", to: "s")
        #expect(!socket.isInPlace)
        socket.remove()
        #expect(scratch.names() == ["s"])
    }

    @Test func a_successor_can_start_while_its_predecessor_drains() throws {
        let first = try UnixSocketFile(path: scratch.at("s"), mode: 0o660)
        first.remove()
        let second = try UnixSocketFile(path: scratch.at("s"), mode: 0o660)
        // The second call of a late cleaner.
        first.remove()
        #expect(second.isInPlace)
        #expect(try RawSocket.accepts(scratch.at("s")))
        second.remove()
    }
}

/// The permissions that an observer on another thread has seen.
private final class Sightings: Sendable {
    private let counts = Awaited<[UInt32: Int]>([:])

    var permissions: [UInt32] { Array(counts.current.keys) }

    var count: Int { counts.current.values.reduce(0, +) }

    func note(_ permissions: UInt32) {
        counts.update { $0[permissions, default: 0] += 1 }
    }
}

/// The race test only collects its sockets in tasks; each is used by one of them at a time.
private struct SendableSocket: @unchecked Sendable {
    let socket: UnixSocketFile
}
