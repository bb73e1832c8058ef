import Glibc
import Testing

@testable import Platform

@Suite struct AtomicFileTests {
    private let scratch: ScratchDirectory

    init() throws {
        scratch = try ScratchDirectory()
    }

    private func replace(
        _ name: String,
        with text: String,
        permissions: FilePermissions = .likeExisting(otherwise: 0o600)
    ) throws(FileError) {
        try AtomicFile.replace(scratch.at(name), with: Array(text.utf8).span, permissions: permissions)
    }

    private func content(_ name: String) throws -> String {
        let bytes = try SecureFile.read(scratch.at(name), limit: 1 << 20, policy: .ordinary)
        return String(decoding: bytes.array, as: UTF8.self)
    }

    @Test func the_new_content_stands_in_a_new_file() throws {
        try scratch.write("old", to: "f")
        let before = try #require(FileStatus(ofPathItself: scratch.at("f")))
        try replace("f", with: "new")
        let after = try #require(FileStatus(ofPathItself: scratch.at("f")))
        #expect(try content("f") == "new")
        #expect(!after.isSameFile(as: before), "written in place, a crash could leave half of it")
        #expect(scratch.names() == ["f"])
    }

    @Test(arguments: [0o600, 0o640, 0o400, 0o644] as [UInt32])
    func mode_and_owner_of_the_old_file_stay(mode: UInt32) throws {
        try scratch.write("old", to: "f", mode: mode)
        if geteuid() == 0 { try #require(unsafe chown(scratch.at("f"), 65_534, 12_345) == 0) }
        let before = try #require(FileStatus(ofPathItself: scratch.at("f")))
        try replace("f", with: "new")
        let after = try #require(FileStatus(ofPathItself: scratch.at("f")))
        #expect(after.permissions == mode)
        #expect(after.owner == before.owner)
        #expect(after.group == before.group)
    }

    @Test func a_new_file_gets_the_mode_that_was_asked_for_whatever_the_umask() async {
        await #expect(processExitsWith: .success) {
            for mask: UInt32 in [0, 0o022, 0o077, 0o777] {
                _ = umask(mask)
                let scratch = try ScratchDirectory()
                _ = unsafe chmod(scratch.path, 0o700)
                try AtomicFile.replace(scratch.at("a"), with: [1].span)
                try AtomicFile.replace(scratch.at("b"), with: [1].span, permissions: .exactly(0o640))
                #expect(FileStatus(ofPathItself: scratch.at("a"))?.permissions == 0o600)
                #expect(FileStatus(ofPathItself: scratch.at("b"))?.permissions == 0o640)
            }
        }
    }

    @Test func a_link_stays_a_link_and_its_target_is_replaced() throws {
        try scratch.makeDirectory("real")
        try scratch.write("old", to: "real/key")
        try scratch.link("middle", to: "real/key")
        try scratch.link("f", to: scratch.at("middle"))
        try replace("f", with: "new")
        #expect(FileStatus(ofPathItself: scratch.at("f"))?.kind == .symbolicLink)
        #expect(FileStatus(ofPathItself: scratch.at("middle"))?.kind == .symbolicLink)
        #expect(try content("real/key") == "new")
        #expect(scratch.names() == ["f", "middle", "real"])
    }

    @Test func what_cannot_be_replaced_stays_and_no_temporary_file_is_left() throws {
        try scratch.makeDirectory("directory")
        try scratch.link("loop", to: "loop")
        try #require(unsafe mkfifo(scratch.at("fifo"), 0o600) == 0)
        #expect(throws: FileError.self) { try replace("directory", with: "x") }
        #expect(throws: FileError.self) { try replace("loop", with: "x") }
        #expect(throws: FileError.self) { try replace("fifo", with: "x") }
        #expect(throws: FileError.self) { try replace("absent/f", with: "x") }
        #expect(scratch.names() == ["directory", "fifo", "loop"])
    }

    // G01, as far as a limit on the file size is a full disk.
    @Test func a_write_that_fails_half_way_leaves_the_old_file() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchDirectory()
            try scratch.write("old", to: "f")
            _ = signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 100, rlim_max: 100)
            try #require(unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
            let error = #expect(throws: FileError.self) {
                try AtomicFile.replace(scratch.at("f"), with: [UInt8](repeating: 1, count: 5000).span)
            }
            #expect(error?.code == .writeFailed)
            #expect(error?.errorNumber?.rawValue == EFBIG)
            #expect(try SecureFile.read(scratch.at("f"), limit: 10, policy: .secret).array == Array("old".utf8))
            #expect(scratch.names() == ["f"])
        }
    }
}
