import Glibc

/// Every child that still runs, killed when the test process ends: an object that a test keeps in a global, or a test
/// run that is given up, must not leave daemons behind.
final class ChildRegistry: Sendable {
    static let shared = ChildRegistry()

    private let children = Awaited<Set<Int32>>([])

    private init() {
        atexit { ChildRegistry.shared.killAll() }
        // A child that closes its input early must not end the tests.
        _ = signal(SIGPIPE, SIG_IGN)
    }

    func add(_ processIdentifier: Int32) {
        children.update { _ = $0.insert(processIdentifier) }
    }

    func remove(_ processIdentifier: Int32) {
        children.update { _ = $0.remove(processIdentifier) }
    }

    private func killAll() {
        for child in children.current { kill(child, SIGKILL) }
    }
}
