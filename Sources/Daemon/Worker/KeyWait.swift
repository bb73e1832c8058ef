/// Where a connection's present request stands in waiting for a key. It waits at most once.
enum KeyWait {
    case none
    /// Under this ticket of `KeyWaits`.
    case running(UInt64)
    /// It has waited, and is decided next with what there is.
    case over

    var isRunning: Bool {
        if case .running = self { true } else { false }
    }

    var isOver: Bool {
        if case .over = self { true } else { false }
    }
}
