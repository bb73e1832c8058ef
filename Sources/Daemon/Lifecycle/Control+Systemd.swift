internal import NIOCore
internal import Platform

/// What systemd is told of how things stand.
extension Control {
    /// How often the status line is looked at, and the start prolonged while keys are awaited.
    private static let statusInterval = TimeAmount.seconds(5)
    /// How long the start may go on without a word, in nanoseconds: several times the interval.
    private static let startMargin: Int64 = 30_000_000_000

    func keepStatus() {
        notifier.tell(.waiting(nanoseconds: Self.startMargin), .described(statusText))
        statusTimer = loop.assumeIsolated().scheduleTask(in: Self.statusInterval) { [weak self] in self?.keepStatus() }
    }

    /// Something has changed that systemd or a person wants to know.
    func tellReadiness() {
        guard notifier.isHeard, lifecycle.state == .serving else { return }
        let hasKeys = keys.keyRings.allSatisfy { $0 != nil }
        // After every loop has what was installed until now.
        workers.collect(on: loop) { _ in }.assumeIsolated().whenComplete { [self] _ in
            if hasKeys { notifier.tell(.complete) }
            notifier.tell(.described(statusText))
        }
    }

    var statusText: String {
        ServiceStatusText(
            phase: readiness.current.phase,
            listeners: settings.listenerNames,
            keys: keys.status,
            degraded: [
                revocations.status?.lastError.map { "revocations: \($0)" },
                assertion.status?.lastError.map { "assertion: \($0)" },
            ].compactMap { $0 } + certificates.status.compactMap { $0.lastError.map { "certificate: \($0)" } },
            lastReload: lastReload,
            connections: workers.connectionCount,
            now: .now()
        ).text
    }
}
