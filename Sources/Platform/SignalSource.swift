import CPlatform
import Glibc

/// Signals as bytes of a descriptor (signalfd(2)), so that an event loop takes them like any other input and no code
/// runs inside a signal handler.
///
/// Make one first thing in `main`, before any thread exists: the signals are blocked in this thread, and threads
/// inherit that. A thread that was there before would still be killed by them.
package final class SignalSource {
    private let descriptor: FileDescriptor

    /// Readable when a signal waits. It stays open as long as this object: give an event loop that closes what it
    /// reads a duplicate (`duplicateDescriptor`).
    package var fileDescriptor: Int32 { descriptor.number }

    /// Blocks the signals of `Signal` in the calling thread and collects them; ignores SIGPIPE (writing to a closed
    /// connection is an error code, not the end), SIGALRM and SIGXFSZ (a full log file likewise).
    package init() throws(SystemError) {
        for ignored in [SIGPIPE, SIGALRM, SIGXFSZ] {
            // No code runs: SIG_IGN is a constant, not a handler.
            _ = Glibc.signal(ignored, SIG_IGN)
        }
        var set = sigset_t()
        // Each pointer lives for its call only.
        unsafe sigemptyset(&set)
        for signal in Signal.allCases {
            unsafe sigaddset(&set, signal.number)
        }
        let failure = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        guard failure == 0 else { throw SystemError("block signals", ErrorNumber(rawValue: failure)) }
        let number = unsafe signalfd(-1, &set, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
        guard number >= 0 else { throw SystemError("collect signals", .last) }
        descriptor = FileDescriptor(owning: number)
    }

    /// A second descriptor of the same source, owned by the caller; nil when no descriptor is left.
    package func duplicateDescriptor() -> Int32? {
        let number = fcntl(descriptor.number, F_DUPFD_CLOEXEC, 3)
        return number >= 0 ? number : nil
    }

    /// Takes what waits, without blocking; each signal once, in the order of arrival. A storm of one signal is one
    /// entry: the kernel keeps no count, and neither should who acts on it.
    package func drain() -> [Signal] {
        var signals: [Signal] = []
        var buffer = [UInt8](repeating: 0, count: Self.recordSize * 8)
        while true {
            let count = FileDescriptor.read(descriptor.number, into: &buffer)
            if count < 0, ErrorNumber.last.rawValue == EINTR { continue }
            guard count > 0 else { return signals }
            for signal in Self.signals(in: buffer.span.extracting(first: count)) where !signals.contains(signal) {
                signals.append(signal)
            }
        }
    }

    /// The signals in bytes that were read from the descriptor, for an event loop that does the reading itself; each
    /// once, in the order of arrival. An incomplete record at the end is left out.
    package static func signals(in bytes: Span<UInt8>) -> [Signal] {
        var signals: [Signal] = []
        var start = 0
        while start + recordSize <= bytes.count {
            // struct signalfd_siginfo: ssi_signo is the first 32 bits, in the machine's own order.
            let number = bytes.nativeInt32(at: start)
            if let signal = Signal.allCases.first(where: { $0.number == number }), !signals.contains(signal) {
                signals.append(signal)
            }
            start += recordSize
        }
        return signals
    }

    /// sizeof(struct signalfd_siginfo), fixed by the kernel's interface.
    private static let recordSize = 128
}
