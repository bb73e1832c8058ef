import Glibc
import Synchronization
import Testing

@testable import Platform

@Suite struct SocketLockTests {
    private let scratch: ScratchDirectory

    init() throws {
        scratch = try ScratchDirectory()
    }

    @Test func a_second_holder_is_refused_until_the_first_is_gone() throws {
        let address = try UnixSocketAddress(path: scratch.at("s"))
        var first: SocketLock? = try SocketLock(for: address)
        #expect(throws: SocketError.self) { try SocketLock(for: address) }
        #expect(scratch.names() == ["s.lock"])
        // Gone without removing the file, as when killed.
        first = nil
        #expect(first == nil)
        let second = try SocketLock(for: address)
        second.remove()
        #expect(scratch.names().isEmpty)
    }

    @Test func a_link_in_place_of_the_lock_file_is_not_followed() throws {
        try scratch.write("precious", to: "target")
        try scratch.link("s.lock", to: "target")
        let address = try UnixSocketAddress(path: scratch.at("s"))
        #expect(throws: SocketError.self) { try SocketLock(for: address) }
        #expect(scratch.names() == ["s.lock", "target"])
    }

    @Test func the_lock_has_one_holder_at_a_time_although_its_file_comes_and_goes() async throws {
        let address = try UnixSocketAddress(path: scratch.at("s"))
        let tally = LockTally()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<3000 {
                        guard let lock = try? SocketLock(for: address) else { continue }
                        tally.enter()
                        // Long enough for others to come while it is held.
                        for _ in 0..<20 {
                            _ = FileStatus(ofPathItself: address.path)
                        }
                        tally.leave()
                        lock.remove()
                    }
                }
            }
        }
        print("the lock was taken \(tally.total) times")
        #expect(tally.total > 0)
        #expect(tally.most == 1)
    }
}

/// How many hold a lock at a time.
private final class LockTally: Sendable {
    private let holders = Atomic<Int>(0)
    private let highest = Atomic<Int>(0)
    private let entries = Atomic<Int>(0)

    var most: Int { highest.load(ordering: .sequentiallyConsistent) }

    var total: Int { entries.load(ordering: .sequentiallyConsistent) }

    func enter() {
        let now = holders.add(1, ordering: .sequentiallyConsistent).newValue
        highest.max(now, ordering: .sequentiallyConsistent)
        entries.add(1, ordering: .sequentiallyConsistent)
    }

    func leave() {
        holders.subtract(1, ordering: .sequentiallyConsistent)
    }
}
