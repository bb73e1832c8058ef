import Glibc
import Testing

@testable import Platform

@Suite(.enabled(if: Landlock.version > 0, "skipped: this kernel has no Landlock"))
struct LandlockTests {
    // Each confines a child process, since what is given up does not come back; the parent makes the files and removes them.
    @Test func only_what_the_plan_names_can_be_read_and_nothing_written_or_executed() async throws {
        let scratch = try ScratchDirectory()
        for name in ["secrets", "elsewhere", "elsewhere/deep"] {
            try scratch.makeDirectory(name)
            try scratch.write("x", to: "\(name)/jwt")
        }
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            var plan = ConfinementPlan()
            plan.read(replaceable: "\(path)/elsewhere/deep/jwt")
            try Confined.become(plan)
            #expect(Confined.opens("\(path)/elsewhere/deep/jwt", O_RDONLY))
            #expect(Confined.opens("\(path)/elsewhere/jwt", O_RDONLY))
            #expect(!Confined.opens("\(path)/secrets/jwt", O_RDONLY))
            #expect(!Confined.opens("\(path)/elsewhere/jwt", O_WRONLY))
            #expect(!Confined.opens("\(path)/elsewhere/new", O_WRONLY | O_CREAT))
            #expect(unsafe unlink("\(path)/elsewhere/jwt") < 0)
            #expect(Confined.opens("/etc/passwd", O_RDONLY))
            #expect(Confined.opens("/dev/null", O_WRONLY))
            // It ends with 126 where the shell could be run and the command not, with 127 where not even the shell.
            #expect(unsafe system("exit 0") != 0)
        }
    }

    @Test func a_file_that_is_renamed_into_place_is_readable() async throws {
        let scratch = try ScratchDirectory()
        try scratch.makeDirectory("secrets")
        try scratch.write("old", to: "secrets/jwt")
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            var plan = ConfinementPlan()
            plan.read(replaceable: "\(path)/secrets/jwt")
            // Somebody else's process: made while this one is still free.
            let command = "read go; cd \(path)/secrets && echo new > .new && chmod 600 .new && mv .new jwt"
            let rotator = try unsafe #require(unsafe popen(command, "w"))
            try Confined.become(plan)
            unsafe fputs("go\n", rotator)
            try #require(unsafe pclose(rotator) == 0)
            let content = try SecureFile.read("\(path)/secrets/jwt", limit: 100, policy: .secret)
            let expected: [UInt8] = Array("new\n".utf8)
            let isNew = content.withSpan { bytes in bytes.indices.map { bytes[$0] } == expected }
            #expect(isNew)
        }
    }

    @Test func sockets_are_made_and_removed_in_their_folder_only() async throws {
        let scratch = try ScratchDirectory()
        try scratch.makeDirectory("run")
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            var plan = ConfinementPlan()
            plan.listen(at: "\(path)/run/s")
            try Confined.become(plan)
            let socket = try UnixSocketFile(path: "\(path)/run/s", mode: 0o600)
            socket.remove()
            #expect(FileStatus(ofPathItself: "\(path)/run/s") == nil)
            #expect(FileStatus(ofPathItself: "\(path)/run/s.lock") == nil)
            #expect(throws: SocketError.self) { try UnixSocketFile(path: "\(path)/s", mode: 0o600) }
        }
    }

    @Test(.enabled(if: Landlock.version >= 4, "skipped: this kernel's Landlock does not know TCP"))
    func other_ports_cannot_be_bound_and_nothing_connected_to() async {
        await #expect(processExitsWith: .success) {
            let listener = try TCPListenSocket(TCPAddress(host: .v4(0x7f00_0001), port: 0))
            let before = try RawSocket.connect(listener.address)
            #expect(before != nil)
            var plan = ConfinementPlan()
            plan.ports = [listener.address.port]
            try Confined.become(plan)
            let after = try RawSocket.connect(listener.address)
            #expect(after == nil)
            #expect(throws: SocketError.self) { try TCPListenSocket(TCPAddress(host: .v4(0x7f00_0001), port: 0)) }
        }
    }

    @Test func what_a_plan_lacks_is_named() throws {
        let scratch = try ScratchDirectory()
        var plan = ConfinementPlan()
        plan.read(replaceable: scratch.at("jwt"))
        var other = ConfinementPlan()
        other.read(replaceable: scratch.at("jwt2"))
        other.read(replaceable: "/etc/ssl/x.pem")
        #expect(plan.missing(for: other).isEmpty)
        other.read(replaceable: "/nonexistent/a/b")
        other.connects = true
        #expect(plan.missing(for: other) == ["/nonexistent/a", "outgoing TCP connections"])
    }
}

/// What a confined child does.
private enum Confined {
    struct Refused: Error {}

    static func become(_ plan: ConfinementPlan) throws {
        _ = ProcessHardening.apply()
        guard case .confined = Landlock.confine(to: plan) else { throw Refused() }
    }

    /// Whether the path can be opened; where not, the kernel must have said that it is not allowed.
    static func opens(_ path: String, _ flags: Int32) -> Bool {
        // The string lives for the call.
        let number = unsafe open(path, flags | O_CLOEXEC, 0o600)
        guard number < 0 else { return close(number) == 0 }
        #expect(errno == EACCES)
        return false
    }
}
