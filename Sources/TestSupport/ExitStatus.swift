/// How a program ended.
package enum ExitStatus: Sendable, Equatable {
    case code(Int32)
    case signal(Int32)

    /// From what `waitpid(2)` gives: the low seven bits name a signal, the next byte the exit code.
    init(waitStatus status: Int32) {
        let signal = status & 0x7F
        self = signal == 0 ? .code((status >> 8) & 0xFF) : .signal(signal)
    }
}
