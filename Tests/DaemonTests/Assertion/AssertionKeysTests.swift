import JOSE
import Platform
import TestSupport
import Testing

@testable import Daemon

/// Which keys are in the published set, and for how long.
@Suite struct AssertionKeysTests {
    private let now = MonotonicTime(nanoseconds: 1_000_000_000_000)
    private static let lifetime: Int64 = 60_000_000_000

    @Test func the_key_before_stays_in_the_set_as_long_as_its_last_assertion_and_the_grace() throws {
        let (first, second) = (try AssertionSample.key(), try AssertionSample.key())
        var keys = AssertionKeys(first)
        #expect(keys.nextRetirement == nil)
        let isChanged = keys.rotate(to: second, lifetime: Self.lifetime, now: now)
        #expect(isChanged && keys.keyIDs == [second.keyID, first.keyID])
        let end = now.advanced(byNanoseconds: Self.lifetime + AssertionKeys.grace)
        #expect(keys.nextRetirement == end)
        var isPruned = keys.prune(now: end.advanced(byNanoseconds: -1))
        #expect(!isPruned && keys.keyIDs.count == 2)
        isPruned = keys.prune(now: end)
        #expect(isPruned && keys.keyIDs == [second.keyID])
    }

    @Test func the_same_key_again_changes_nothing_and_an_old_one_signs_again() throws {
        let (first, second) = (try AssertionSample.key(), try AssertionSample.key())
        var keys = AssertionKeys(first)
        var isChanged = keys.rotate(to: first, lifetime: Self.lifetime, now: now)
        #expect(!isChanged && keys.keyIDs == [first.keyID])
        _ = keys.rotate(to: second, lifetime: Self.lifetime, now: now)
        isChanged = keys.rotate(to: first, lifetime: Self.lifetime, now: now)
        #expect(isChanged && keys.keyIDs == [first.keyID, second.keyID])
    }

    @Test func the_set_is_bounded_and_the_oldest_go_first() throws {
        let all = try (0..<AssertionKeys.maximumRetired + 3).map { _ in try AssertionSample.key() }
        var keys = AssertionKeys(all[0])
        for key in all.dropFirst() { _ = keys.rotate(to: key, lifetime: Self.lifetime, now: now) }
        #expect(keys.keyIDs == all.reversed().prefix(AssertionKeys.maximumRetired + 1).map(\.keyID))
    }

    @Test func the_set_holds_every_key_and_no_private_part() throws {
        let (first, second) = (try AssertionSample.key(), try AssertionSample.key())
        var keys = AssertionKeys(first)
        _ = keys.rotate(to: second, lifetime: Self.lifetime, now: now)
        let text = String(decoding: keys.keySet, as: UTF8.self)
        #expect(text == #"{"keys":[\#(second.publicJWK),\#(first.publicJWK)]}"#)
        #expect(!text.contains(#""d""#))
    }
}
