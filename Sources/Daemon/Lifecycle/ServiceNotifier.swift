internal import Glibc
internal import NIOConcurrencyHelpers
internal import Platform

/// Carries `ServiceNotices` out: the one object that talks to systemd. Safe on every thread; the lock is held while a message
/// is sent, so that two of them never change places.
final class ServiceNotifier: Sendable {
    private let notices = NIOLockedValueBox(ServiceNotices())
    /// Whether anybody wants to hear: a service manager has set NOTIFY_SOCKET.
    let isHeard: Bool

    init() {
        // Only looked at, before any other thread exists.
        isHeard = unsafe getenv("NOTIFY_SOCKET") != nil
    }

    /// Sends what the events mean, in one datagram. What cannot be sent is lost: it is no reason not to serve.
    func tell(_ events: ServiceNotices.Event...) {
        guard isHeard else { return }
        notices.withLockedValue { notices in
            var messages: [SystemdNotifier.Message] = []
            for event in events { messages += notices.event(event) }
            if !messages.isEmpty { _ = try? SystemdNotifier.notify(messages) }
        }
    }
}
