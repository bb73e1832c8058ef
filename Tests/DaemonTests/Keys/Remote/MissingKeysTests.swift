import Testing

@testable import Daemon

@Suite struct MissingKeysTests {
    private func key(_ name: UInt64, source: UInt64 = 1) -> MissingKeys.Key {
        MissingKeys.Key(source: source, name: name)
    }

    @Test func a_key_counts_as_missing_for_its_time_and_for_its_source_only() {
        var missing = MissingKeys()
        missing.insert(key(1), now: 100, lifetime: 50)
        let found = [
            missing.contains(key(1), now: 149), missing.contains(key(1, source: 2), now: 149),
            missing.contains(key(2), now: 149), missing.contains(key(1), now: 150),
        ]
        #expect(found == [true, false, false, false])
        // What is over is forgotten.
        #expect(missing.count == 0)
    }

    @Test func the_memory_is_bounded_and_what_was_met_longest_ago_makes_room() {
        var missing = MissingKeys(capacity: 3)
        for name in 1...3 { missing.insert(key(UInt64(name)), now: 0, lifetime: 1000) }
        let isMet = missing.contains(key(1), now: 1)
        missing.insert(key(4), now: 2, lifetime: 1000)
        let left = (1...4).map { missing.contains(key(UInt64($0)), now: 3) }
        #expect(isMet)
        #expect(left == [true, false, true, true])
        for name in 0..<10_000 { missing.insert(key(UInt64(name) + 100), now: 4, lifetime: 1000) }
        #expect(missing.count == 3)
    }

    @Test func what_is_over_makes_room_first() {
        var missing = MissingKeys(capacity: 2)
        missing.insert(key(1), now: 0, lifetime: 1000)
        missing.insert(key(2), now: 0, lifetime: 10)
        missing.insert(key(3), now: 20, lifetime: 1000)
        let left = (1...3).map { missing.contains(key(UInt64($0)), now: 21) }
        #expect(left == [true, false, true])
    }
}
