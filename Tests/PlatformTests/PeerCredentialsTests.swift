import Glibc
import Testing

@testable import Platform

@Suite struct PeerCredentialsTests {
    @Test func a_unix_peer_is_who_the_kernel_says() throws {
        var ends: [Int32] = [-1, -1]
        try #require(unsafe socketpair(AF_UNIX, RawSocket.stream, 0, &ends) == 0)
        defer { ends.closeAll() }
        let peer = try PeerCredentials(ofSocket: ends[0])
        #expect(peer.process == getpid())
        #expect(peer.user == geteuid())
        #expect(peer.group == getegid())
    }

    @Test func whoever_has_no_unix_peer_is_refused() throws {
        let scratch = try ScratchDirectory()
        try scratch.write("", to: "file")
        let file = unsafe open(scratch.at("file"), O_RDONLY | O_CLOEXEC)
        let lonely = socket(AF_UNIX, RawSocket.stream, 0)
        let tcp = socket(AF_INET, RawSocket.stream, 0)
        defer { [file, lonely, tcp].closeAll() }
        for number in [file, lonely, tcp, -1] {
            #expect(throws: SystemError.self) { try PeerCredentials(ofSocket: number) }
        }
    }

    @Test func users_and_groups_are_found_by_name() throws {
        #expect(try UserDirectory.uid(named: "root") == 0)
        #expect(try UserDirectory.gid(named: "root") == 0)
        for name in ["", "no such user at all", "root\u{0}x", "0", String(repeating: "x", count: 5000)] {
            #expect(try UserDirectory.uid(named: name) == nil)
            #expect(try UserDirectory.gid(named: name) == nil)
        }
    }
}
