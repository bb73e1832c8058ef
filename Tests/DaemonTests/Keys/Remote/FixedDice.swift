/// Dice that always show the same: the middle, the least or the most.
struct FixedDice: RandomNumberGenerator {
    var face: UInt64 = 1 << 63

    /// Not 0, which `next(upperBound:)` throws again, for ever.
    static let least = FixedDice(face: 1)
    static let most = FixedDice(face: .max)

    mutating func next() -> UInt64 { face }
}
