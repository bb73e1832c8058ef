/// Whether every event loop still turns, without its I/O: a round asks all of them, and is over when all have answered. As
/// long as one is silent no other round begins.
struct LoopHeartbeat: Sendable {
    enum Action: Sendable, Equatable {
        /// Ask every loop; it answers with the round.
        case ask(round: UInt64)
        /// These have not answered yet, by their indices; the first time that they are found silent in this round.
        case silent([Int])
        case nothing
    }

    private let loops: Int
    private var round: UInt64 = 0
    private var awaited: Set<Int> = []
    private var isReported = false

    init(loops: Int) { self.loops = loops }

    /// It is time for a sign of life.
    mutating func tick() -> Action {
        guard awaited.isEmpty else {
            guard !isReported else { return .nothing }
            isReported = true
            return .silent(awaited.sorted())
        }
        round += 1
        awaited = Set(0..<loops)
        isReported = false
        return .ask(round: round)
    }

    /// A loop has answered. - Returns: whether all have now, so that the service lives.
    mutating func answered(_ loop: Int, round: UInt64) -> Bool {
        guard round == self.round, awaited.remove(loop) != nil else { return false }
        return awaited.isEmpty
    }
}
