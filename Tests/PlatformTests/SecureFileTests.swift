import Glibc
import Testing

@testable import Platform

@Suite struct SecureFileTests {
    private let scratch: ScratchDirectory

    init() throws {
        scratch = try ScratchDirectory()
    }

    private func read(
        _ name: String,
        limit: Int = 65_536,
        policy: FilePolicy = .secret
    ) throws(FileError) -> [UInt8] {
        try SecureFile.read(name.hasPrefix("/") ? name : scratch.at(name), limit: limit, policy: policy).array
    }

    private func code(_ name: String, limit: Int = 65_536, policy: FilePolicy = .secret) -> FileError.Code? {
        do throws(FileError) {
            _ = try read(name, limit: limit, policy: policy)
            return nil
        } catch {
            return error.code
        }
    }

    // A16, A17: what the bytes mean is the key reader's business; none is dropped or added here.
    @Test(
        arguments: [
            [], [0x41], Array("key\r\n".utf8), [0xef, 0xbb, 0xbf, 0x41], [0, 0x0a, 0, 0x0d, 0xff, 0],
            (0..<255).map { UInt8($0) },
        ] as [[UInt8]]
    )
    func content_comes_back_byte_for_byte(bytes: [UInt8]) throws {
        try scratch.write(bytes, to: "f")
        #expect(try read("f") == bytes)
    }

    @Test func a_missing_file_is_told_with_its_path() throws {
        let error = try #require(throws: FileError.self) { _ = try read("absent") }
        #expect(error.code == .missing)
        #expect(error.errorNumber?.rawValue == ENOENT)
        #expect(error.description.contains(scratch.at("absent")))
        #expect(error.description.contains("no such file or directory (ENOENT)"))
        #expect(!error.isTransient)
    }

    @Test func a_path_with_a_nul_byte_or_none_is_refused() throws {
        try scratch.write("k", to: "f")
        #expect(code("f\u{0}/../other") == .invalidPath)
        #expect(throws: FileError.self) { try SecureFile.read("", limit: 9, policy: .secret) }
    }

    // A14. A fifo without a writer would hold an open without O_NONBLOCK for ever; this returns.
    @Test func what_is_no_regular_file_is_refused_without_waiting() throws {
        try #require(unsafe mkfifo(scratch.at("fifo"), 0o600) == 0)
        try scratch.makeDirectory("directory")
        let socket = try UnixSocketFile(path: scratch.at("socket"), mode: 0o600)
        defer { socket.remove() }
        for name in ["fifo", "directory", "/dev/zero", "/dev/null", "socket"] {
            #expect(code(name) == .notRegularFile, "\(name)")
            #expect(code(name, policy: .ordinary) == .notRegularFile, "\(name)")
        }
    }

    // A15.
    @Test func no_more_than_the_limit_is_accepted() throws {
        try scratch.write([UInt8](repeating: 7, count: 100), to: "f")
        #expect(try read("f", limit: 100).count == 100)
        #expect(code("f", limit: 99) == .tooLarge)
        try scratch.write("", to: "huge")
        try #require(unsafe truncate(scratch.at("huge"), 1 << 30) == 0)
        #expect(code("huge") == .tooLarge)
    }

    @Test func a_file_without_a_size_is_read_up_to_the_limit() throws {
        // procfs gives 0 as the size of everything.
        #expect(try read("/proc/sys/kernel/ostype", policy: .ordinary) == Array("Linux\n".utf8))
        #expect(code("/proc/sys/kernel/ostype", limit: 3, policy: .ordinary) == .tooLarge)
    }

    // A12.
    @Test(
        arguments: [
            (0o600, true, true), (0o400, true, true), (0o640, true, true), (0o440, true, true), (0o700, true, true),
            (0o644, false, true), (0o604, false, true), (0o602, false, false), (0o601, false, true),
            (0o620, false, true), (0o660, false, true), (0o666, false, false), (0o777, false, false),
        ] as [(UInt32, Bool, Bool)]
    )
    func permissions_decide_by_policy(mode: UInt32, asSecret: Bool, asTrusted: Bool) throws {
        try scratch.write("k", to: "f", mode: mode)
        #expect((code("f", policy: .secret) == nil) == asSecret)
        #expect((code("f", policy: .trusted) == nil) == asTrusted)
        #expect(code("f", policy: .ordinary) == nil)
        if !asSecret { #expect(code("f", policy: .secret) == .permissionsTooWide) }
    }

    @Test func the_error_for_wide_permissions_tells_mode_and_remedy() throws {
        try scratch.write("k", to: "f", mode: 0o644)
        let error = try #require(throws: FileError.self) { _ = try read("f") }
        #expect(error.description.contains("its mode is 0644"))
        #expect(error.description.contains("chmod 0600"))
        #expect(error.label == "permissions_too_wide")
    }

    // A13.
    @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
    func a_secret_of_another_user_is_refused() throws {
        try scratch.write("k", to: "f")
        try #require(unsafe chown(scratch.at("f"), 65_534, 65_534) == 0)
        #expect(code("f") == .wrongOwner)
        #expect(code("f", policy: .trusted) == nil)
    }

    // A11.
    @Test(.enabled(if: geteuid() == 0, "drops root's rights in a child"))
    func an_unreadable_file_is_refused_and_nothing_else_happens() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchDirectory()
            try scratch.write("k", to: "f", mode: 0o000)
            try scratch.setMode(0o755, of: ".")
            try #require(seteuid(65_534) == 0)
            defer { _ = seteuid(0) }
            let error = try #require(throws: FileError.self) {
                _ = try SecureFile.read(scratch.at("f"), limit: 10, policy: .ordinary)
            }
            #expect(error.code == .permissionDenied)
            #expect(error.errorNumber?.rawValue == EACCES)
        }
    }

    // A10.
    @Test func a_dangling_link_and_a_loop_are_refused() throws {
        try scratch.link("dangling", to: "nowhere")
        try scratch.link("loop", to: "loop")
        #expect(code("dangling") == .missing)
        #expect(code("loop") == .symbolicLinkLoop)
    }

    @Test func links_are_followed_as_kubernetes_needs() throws {
        try scratch.makeDirectory("..2026_1")
        try scratch.write("one", to: "..2026_1/key")
        try scratch.link("..data", to: "..2026_1")
        try scratch.link("key", to: "..data/key")
        #expect(try read("key") == Array("one".utf8))
    }

    @Test func magic_links_of_proc_lead_to_no_secret() throws {
        try scratch.write("k", to: "f")
        let number = unsafe open(scratch.at("f"), O_RDONLY | O_CLOEXEC)
        try #require(number >= 0)
        defer { _ = close(number) }
        #expect(code("/proc/self/fd/\(number)") == .symbolicLinkLoop)
        #expect(try read("/proc/self/fd/\(number)", policy: .ordinary) == Array("k".utf8))
    }

    // A34: the first page of /proc/self/mem is a regular file that answers EIO.
    @Test func a_read_error_is_told_as_such() throws {
        let error = try #require(throws: FileError.self) { _ = try read("/proc/self/mem", policy: .ordinary) }
        #expect(error.code == .readFailed)
        #expect(error.errorNumber?.rawValue == EIO)
    }

    // A35, its deterministic half: a file that is another one at each reading.
    @Test func content_that_differs_between_two_readings_is_transient() throws {
        let error = try #require(throws: FileError.self) {
            _ = try read("/proc/sys/kernel/random/uuid", policy: .ordinary)
        }
        #expect(error.code == .changedWhileReading)
        #expect(error.isTransient)
    }

    // A35: renames race with readings.
    @Test func a_reading_gives_one_version_and_never_a_mixture() async throws {
        let size = 40_000
        try scratch.write([UInt8](repeating: 0, count: size), to: "f")
        let path = scratch.at("f")
        let reader = Task.detached {
            var versions: Set<UInt8> = []
            var retries = 0
            // The last version ends it as well: then nobody writes any more.
            while !Task.isCancelled, !versions.contains(200) {
                do throws(FileError) {
                    let bytes = try SecureFile.read(path, limit: size, policy: .secret).array
                    #expect(bytes.count == size)
                    #expect(Set(bytes).count == 1)
                    versions.insert(bytes[0])
                } catch {
                    // A rename changes the link count of the file that is open: read again.
                    #expect(error.isTransient)
                    retries += 1
                }
                await Task.yield()
            }
            return (versions.count, retries)
        }
        defer { reader.cancel() }
        for version: UInt8 in 1...200 {
            let content = [UInt8](repeating: version, count: size)
            try AtomicFile.replace(path, with: content.span)
            await Task.yield()
        }
        let (versions, retries) = await reader.value
        print("read \(versions) versions, \(retries) readings were given up")
        #expect(versions > 0)
    }
}
