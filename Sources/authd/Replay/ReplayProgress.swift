internal import Glibc

/// How far a replay is, on standard error where that is a terminal.
struct ReplayProgress {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var isShown = false
    private static let interval = 50_000

    /// - Parameter lines: how many have been read.
    mutating func show(lines: Int) {
        guard isTerminal, lines % Self.interval == 0 else { return }
        Output.progress("\(lines) lines")
        isShown = true
    }

    /// Takes the last of it away.
    mutating func end() {
        if isShown { Output.progress("") }
        isShown = false
    }
}
