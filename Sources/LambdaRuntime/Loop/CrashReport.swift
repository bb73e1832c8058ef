internal import Glibc

/// Tells Lambda of a handler that crashes: the error call is prepared before each event, and a signal handler sends it on
/// the runtime's own socket, which is idle while an event is handled. Then the process dies of the signal, and Lambda
/// starts a new one.
///
/// The signal handler only reads two integers and memory that was allocated before, and calls `send`, `poll` and
/// `raise`, which signal-safety(7) allows.
enum CrashReport {
    /// What the caller of the function is told. Lambda counts the exit of the process besides.
    static let failure = InvocationFailure("Runtime.HandlerCrashed", "the function crashed")

    private static let room = 2048
    /// What a signal of a crash is; SIGABRT comes from the C library.
    private static let signals = [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT]
    /// How long the answer to the report is waited for, in milliseconds.
    private static let patience: Int32 = 500

    // Written by the one thread that handles events, while `length` is 0; read by the signal handler.
    nonisolated(unsafe) private static var request = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
    nonisolated(unsafe) private static var length = 0
    nonisolated(unsafe) private static var descriptor: Int32 = -1

    /// Installs the signal handler, once, with a stack of its own, so that a stack overflow is told as well.
    static func install() {
        disarm()
        _ = unsafe request
        let size = 64 * 1024
        var stack = unsafe stack_t(
            ss_sp: UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16),
            ss_flags: 0,
            ss_size: size
        )
        // Safe: the memory is never freed.
        _ = unsafe sigaltstack(&stack, nil)
        var action = sigaction()
        unsafe action.__sigaction_handler.sa_handler = { signal in
            CrashReport.send()
            // Blocked until the handler returns. Then it has its usual effect, also where the signal was sent by somebody.
            _ = raise(signal)
        }
        // The second time the signal has its usual effect: the process dies of it.
        action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | Int32(SA_ONSTACK)
        for signal in signals { _ = unsafe sigaction(signal, &action, nil) }
    }

    /// Prepares the report of a crash. One that does not fit is left out.
    static func arm(_ bytes: [UInt8], on descriptor: Int32?) {
        guard let descriptor, bytes.count <= room else { return }
        // Safe: the room was checked, and the signal handler does not look before `length` is set.
        for index in bytes.indices { unsafe request[index] = bytes[index] }
        unsafe self.descriptor = descriptor
        unsafe length = bytes.count
    }

    static func disarm() { unsafe length = 0 }

    private static func send() {
        let count = unsafe length
        guard count > 0 else { return }
        unsafe length = 0
        // Safe: `count` bytes of the room were written by `arm`.
        guard unsafe Glibc.send(descriptor, request, count, Int32(MSG_NOSIGNAL)) == count else { return }
        // The answer is waited for, so that the process does not end before Lambda has read the report.
        var target = unsafe pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&target, 1, patience)
    }
}
