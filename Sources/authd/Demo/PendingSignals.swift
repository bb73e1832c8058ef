internal import Glibc

/// Keeps the signals that end the program until the daemon asks for them: one that comes before must not leave the child
/// and the files behind.
enum PendingSignals {
    static func hold() {
        var set = sigset_t()
        // Each pointer lives for its call.
        unsafe sigemptyset(&set)
        for signal in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&set, signal) }
        _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    }
}
