internal import Logging
internal import NIOCore

/// Pings systemd's watchdog at half of its period, after every event loop has answered: a loop that is stuck stops the
/// pings, and systemd ends the process. The control loop counts too, since it asks. The control loop's.
final class LoopWatchdog {
    private let workers: WorkerGroup
    private let loop: any EventLoop
    private let notifier: ServiceNotifier
    private let log: Logger
    private var heartbeat: LoopHeartbeat
    private var half = TimeAmount.zero
    private var timer: Scheduled<Void>?

    init(_ workers: WorkerGroup, on loop: any EventLoop, _ notifier: ServiceNotifier, _ log: Logger) {
        self.workers = workers
        self.loop = loop
        self.notifier = notifier
        self.log = log
        heartbeat = LoopHeartbeat(loops: workers.loopCount)
    }

    /// - Parameter period: nanoseconds after which systemd loses patience.
    func start(period: Int64) {
        half = .nanoseconds(max(1_000_000, period / 2))
        tick()
    }

    func stop() {
        timer?.cancel()
        timer = nil
    }

    private func tick() {
        timer = loop.assumeIsolated().scheduleTask(in: half) { [weak self] in self?.tick() }
        switch heartbeat.tick() {
        case .nothing: break
        case .silent(let loops):
            // By the names that tools show of them: the control loop's group is the first, the workers' the second.
            let names = loops.map { "NIO-ELT-2-#\($0 + 1)" }
            log.critical("event loops do not answer", metadata: ["threads": "\(names.joined(separator: ","))"])
        case .ask(let round):
            let reference = NIOLoopBound(self, eventLoop: loop)
            workers.askEach { [loop] index in
                loop.execute { reference.value.answered(index, round) }
            }
        }
    }

    private func answered(_ index: Int, _ round: UInt64) {
        if heartbeat.answered(index, round: round) { notifier.tell(.alive) }
    }
}

/// The control loop's.
@available(*, unavailable)
extension LoopWatchdog: Sendable {}
