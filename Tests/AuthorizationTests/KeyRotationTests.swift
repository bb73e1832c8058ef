import Authorization
import JOSE
import TestSupport
import Testing

@Suite struct KeyRotationTests {
    private enum Event {
        /// The source has these secrets, by number.
        case loaded([Int])
        case failed
        case prune
    }

    private static func keys(_ numbers: [Int]) -> [VerificationKey] {
        numbers.compactMap { TestToken.key(nil, TestToken.secret($0)) }
    }

    private func apply(_ event: Event, to rotation: inout KeyRotation, at now: Double) -> KeyRotation.Action {
        let now = Timestamp(seconds: now)
        switch event {
        case .loaded(let numbers): return rotation.loaded(Self.keys(numbers), at: now)
        case .failed: return rotation.failed()
        case .prune: return rotation.prune(at: now)
        }
    }

    private static let tokens = (1...12).map { number in
        TestToken.token(["exp": "9000000000", "iat": "0"], secret: TestToken.secret(number))
    }

    /// Which secrets verify at `now`, asked of the decision itself.
    private func counting(_ rotation: KeyRotation, at now: Double) -> Set<Int> {
        var world = World()
        world.rings = [rotation.ring]
        var authorizer = world.authorizer()
        return Set(
            (1...12).filter { number in
                authorizer.decide(TestRequest(token: Self.tokens[number - 1]), at: now).reason == .allowed
            }
        )
    }

    /// An event, and what holds after it.
    private struct Row {
        let at: Double
        let event: Event
        let action: KeyRotation.Action
        let counting: Set<Int>
        let health: KeyRotation.Health
        let generation: UInt64

        init(
            _ at: Double,
            _ event: Event,
            _ action: KeyRotation.Action,
            _ counting: Set<Int>,
            _ health: KeyRotation.Health,
            _ generation: UInt64
        ) {
            self.at = at
            self.event = event
            self.action = action
            self.counting = counting
            self.health = health
            self.generation = generation
        }
    }

    private func run(overlap: Double, _ rows: [Row]) {
        var rotation = KeyRotation(overlap: overlap)
        #expect(rotation.health == .neverLoaded)
        #expect(rotation.generation == 0)
        for (index, row) in rows.enumerated() {
            #expect(apply(row.event, to: &rotation, at: row.at) == row.action, "row \(index)")
            #expect(counting(rotation, at: row.at) == row.counting, "row \(index)")
            #expect(rotation.health == row.health, "row \(index)")
            #expect(rotation.generation == row.generation, "row \(index)")
        }
    }

    // A01, A02, A07: nothing good yet; then the good file comes.
    @Test func before_the_first_good_state_there_is_nothing_to_use() {
        run(
            overlap: 60,
            [
                Row(0, .failed, .nothingToUse, [], .neverLoaded, 0),
                Row(1, .prune, .unchanged, [], .neverLoaded, 0),
                Row(2, .failed, .nothingToUse, [], .neverLoaded, 0),
                Row(3, .loaded([1]), .publish, [1], .current, 1),
            ]
        )
    }

    // A22: bad content while the old was good.
    @Test func through_every_bad_state_the_last_good_keys_stay() {
        run(
            overlap: 60,
            [
                Row(0, .loaded([1]), .publish, [1], .current, 1),
                Row(1, .failed, .keepLastGood, [1], .degraded, 1),
                Row(9000, .failed, .keepLastGood, [1], .degraded, 1),
                Row(9001, .prune, .unchanged, [1], .degraded, 1),
                // The same good content again: healthy, and nothing to publish.
                Row(9002, .loaded([1]), .unchanged, [1], .current, 1),
                Row(9003, .failed, .keepLastGood, [1], .degraded, 1),
                Row(9004, .loaded([2]), .publish, [1, 2], .current, 2),
            ]
        )
    }

    // A23: touch.
    @Test func the_same_content_has_no_effect_and_gives_no_second_grace() {
        run(
            overlap: 60,
            [
                Row(0, .loaded([1]), .publish, [1], .current, 1),
                Row(1, .loaded([1]), .unchanged, [1], .current, 1),
                Row(10, .loaded([2]), .publish, [1, 2], .current, 2),
                Row(50, .loaded([2]), .unchanged, [1, 2], .current, 2),
                Row(69, .loaded([2]), .unchanged, [1, 2], .current, 2),
                Row(70, .loaded([2]), .publish, [2], .current, 3),
                Row(71, .loaded([2]), .unchanged, [2], .current, 3),
            ]
        )
    }

    // A25: to the second.
    @Test func a_removed_key_counts_for_the_overlap_to_the_second_and_the_new_one_at_once() {
        var rotation = KeyRotation(overlap: 60)
        #expect(rotation.loaded(Self.keys([1]), at: Timestamp(seconds: 1000)) == .publish)
        #expect(rotation.nextRetirement == nil)
        #expect(rotation.loaded(Self.keys([2]), at: Timestamp(seconds: 1010)) == .publish)
        #expect(rotation.nextRetirement == Timestamp(seconds: 1070))
        for (now, keys) in [(1010.0, [1, 2]), (1069, [1, 2]), (1069.999, [1, 2]), (1070, [2]), (1071, [2])]
            as [(Double, Set<Int>)]
        {
            #expect(counting(rotation, at: now) == keys, "\(now)")
            #expect(rotation.ring?.count(at: Timestamp(seconds: now)) == keys.count)
        }
        // It had stopped by itself; pruning drops its bytes.
        #expect(rotation.prune(at: Timestamp(seconds: 1069.999)) == .unchanged)
        #expect(rotation.ring?.entries.count == 2)
        #expect(rotation.prune(at: Timestamp(seconds: 1070)) == .publish)
        #expect(rotation.ring?.entries.count == 1)
        #expect(rotation.nextRetirement == nil)
        #expect(rotation.prune(at: Timestamp(seconds: 1071)) == .unchanged)
    }

    // A26: two rotations within one overlap; each key keeps its own time.
    @Test func rotations_within_one_overlap_retire_each_key_in_its_own_time() {
        run(
            overlap: 60,
            [
                Row(0, .loaded([1]), .publish, [1], .current, 1),
                Row(10, .loaded([2]), .publish, [1, 2], .current, 2),
                Row(20, .loaded([3]), .publish, [1, 2, 3], .current, 3),
                Row(70, .prune, .publish, [2, 3], .current, 4),
                Row(79, .prune, .unchanged, [2, 3], .current, 4),
                Row(80, .prune, .publish, [3], .current, 5),
            ]
        )
    }

    @Test func retired_keys_are_bounded_and_the_newest_stay() {
        var rotation = KeyRotation(overlap: 1000)
        for number in 1...12 { _ = rotation.loaded(Self.keys([number]), at: Timestamp(seconds: Double(number))) }
        #expect(rotation.ring?.entries.count == 1 + KeyRotation.maximumRetired)
        #expect(counting(rotation, at: 13) == Set(4...12))
        // In the order in which they are tried: the file's own, then the newest.
        let retirements = rotation.ring?.entries.map { $0.retiresAt?.seconds }
        #expect(retirements == [nil] + (5...12).reversed().map { Double($0) + 1000 })
    }

    // A27: an overlap of zero is at once.
    @Test func without_an_overlap_a_removed_key_is_gone_at_once() {
        run(
            overlap: 0,
            [
                Row(0, .loaded([1, 2]), .publish, [1, 2], .current, 1),
                Row(0, .loaded([2]), .publish, [2], .current, 2),
                Row(0, .loaded([3]), .publish, [3], .current, 3),
            ]
        )
    }

    // A27: the operator sets the overlap to zero because a key has leaked that is already retired.
    @Test func an_overlap_that_is_shortened_holds_for_keys_that_are_already_retired() {
        var rotation = KeyRotation(overlap: 300)
        _ = rotation.loaded(Self.keys([1]), at: Timestamp(seconds: 0))
        _ = rotation.loaded(Self.keys([2]), at: Timestamp(seconds: 10))
        #expect(counting(rotation, at: 20) == [1, 2])
        rotation.overlap = 0
        #expect(rotation.loaded(Self.keys([2]), at: Timestamp(seconds: 20)) == .publish)
        #expect(counting(rotation, at: 20) == [2])
    }

    // A28: roll back.
    @Test func a_key_that_comes_back_is_current_again() {
        run(
            overlap: 60,
            [
                Row(0, .loaded([1]), .publish, [1], .current, 1),
                Row(10, .loaded([2]), .publish, [1, 2], .current, 2),
                Row(20, .loaded([1]), .publish, [1, 2], .current, 3),
                Row(75, .prune, .unchanged, [1, 2], .current, 3),
                Row(80, .prune, .publish, [1], .current, 4),
                Row(9000, .prune, .unchanged, [1], .current, 4),
            ]
        )
    }

    @Test func the_usual_rotation_with_two_lines_refuses_nobody() {
        run(
            overlap: 0,
            [
                Row(0, .loaded([1]), .publish, [1], .current, 1),
                Row(10, .loaded([2, 1]), .publish, [1, 2], .current, 2),
                Row(20, .loaded([2]), .publish, [2], .current, 3),
            ]
        )
    }

    @Test func a_bad_state_between_two_good_ones_gives_no_longer_grace() {
        run(
            overlap: 60,
            [
                Row(0, .loaded([1]), .publish, [1], .current, 1),
                Row(10, .loaded([2]), .publish, [1, 2], .current, 2),
                Row(20, .failed, .keepLastGood, [1, 2], .degraded, 2),
                Row(70, .prune, .publish, [2], .degraded, 3),
                Row(80, .loaded([2]), .unchanged, [2], .current, 3),
            ]
        )
    }

    @Test func another_order_of_the_same_keys_is_published() {
        var rotation = KeyRotation(overlap: 60)
        _ = rotation.loaded(Self.keys([1, 2]), at: Timestamp(seconds: 0))
        #expect(rotation.loaded(Self.keys([2, 1]), at: Timestamp(seconds: 1)) == .publish)
        #expect(rotation.ring?.entries.count == 2)
        #expect(rotation.ring?.entries.allSatisfy { $0.retiresAt == nil } == true)
    }

    @Test func a_key_whose_name_or_algorithm_changes_is_another_key() throws {
        var rotation = KeyRotation(overlap: 60)
        let secret = TestToken.secret(1)
        _ = rotation.loaded([try #require(TestToken.key("a", secret))], at: Timestamp(seconds: 0))
        #expect(rotation.loaded([try #require(TestToken.key("a", secret))], at: Timestamp(seconds: 1)) == .unchanged)
        #expect(rotation.loaded([try #require(TestToken.key("b", secret))], at: Timestamp(seconds: 2)) == .publish)
        #expect(
            rotation.loaded([try #require(TestToken.key("b", secret, [.hs512]))], at: Timestamp(seconds: 3)) == .publish
        )
        #expect(rotation.ring?.entries.map { $0.key.keyID } == ["b", "b", "a"])
    }

    // A file that is named after its key: the same kid before and after.
    @Test func a_secret_that_is_rotated_under_its_name_keeps_its_overlap() throws {
        var rotation = KeyRotation(overlap: 60)
        let header = #"{"alg":"HS256","kid":"main"}"#
        _ = rotation.loaded(
            [try #require(TestToken.key("main", TestToken.secret(1)))],
            at: Timestamp(seconds: TestToken.now)
        )
        _ = rotation.loaded(
            [try #require(TestToken.key("main", TestToken.secret(2)))],
            at: Timestamp(seconds: TestToken.now)
        )
        var world = World()
        world.rings = [rotation.ring]
        let long: [String: String?] = ["exp": "1900000000"]
        let old = TestToken.token(long, header: header, secret: TestToken.secret(1))
        let new = TestToken.token(long, header: header, secret: TestToken.secret(2))
        #expect(world.reason(new) == .allowed)
        #expect(world.reason(old) == .allowed)
        #expect(world.reason(old, at: TestToken.now + 59) == .allowed)
        #expect(world.reason(old, at: TestToken.now + 60) == .signatureInvalid)
        #expect(world.reason(new, at: TestToken.now + 60) == .allowed)
    }

    @Test func random_histories_keep_their_promises() {
        var random = SeededGenerator(seed: 15)
        for _ in 0..<60 {
            let overlap = Double([0, 5, 20].randomElement(using: &random) ?? 0)
            var rotation = KeyRotation(overlap: overlap)
            var current: [Int] = []
            var leftAt: [Int: Double] = [:]
            var now = 0.0
            for _ in 0..<12 {
                now += Double(Int.random(in: 0...9, using: &random))
                switch Int.random(in: 0..<4, using: &random) {
                case 0: _ = rotation.failed()
                case 1: _ = rotation.prune(at: Timestamp(seconds: now))
                default:
                    let next = Array((1...4).shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)))
                    for number in current where !next.contains(number) { leftAt[number] = now }
                    for number in next { leftAt[number] = nil }
                    current = next
                    _ = rotation.loaded(Self.keys(next), at: Timestamp(seconds: now))
                }
                let graced = leftAt.filter { now < $0.value + overlap }.map(\.key)
                #expect(counting(rotation, at: now) == Set(current).union(graced))
            }
        }
    }
}
