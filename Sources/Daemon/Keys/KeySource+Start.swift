internal import Platform

extension KeySource {
    /// Reads the source and waits, a second at most, while it is being written. Blocks: for the start and for a reload.
    /// - Returns: why there are no keys; nil where there are.
    mutating func loadPatiently() -> KeySourceFailure? {
        // Each round is a rest at least; the state of rest gives up by itself before the rounds do.
        for _ in 0..<Self.rounds {
            switch check(now: .now(), wall: .now()) {
            case .loaded, .unchanged, .recovered: return nil
            case .failed(let failure): return failure
            case .unsettled(let moment): moment.sleep()
            }
        }
        return KeySourceFailure(.unsettled, place, "it is written without a pause").of(issuer)
    }

    private static let rounds = 100
}
