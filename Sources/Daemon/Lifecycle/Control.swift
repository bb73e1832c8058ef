internal import Authorization
internal import Configuration
internal import Logging
internal import NIOCore
internal import Platform

/// Runs the process: signals, reloads, key changes, readiness, the drain. Everything happens on the control loop.
final class Control {
    let loop: any EventLoop
    let configurationPath: String
    var settings: Settings
    let keys: KeySources
    let revocations: Revocations
    let assertion: AssertionKeyFile
    let certificates: ListenerCertificates
    let trusts: UpstreamTrusts
    let workers: WorkerGroup
    private let server: Server
    let readiness: ReadinessBox
    let notifier: ServiceNotifier
    let watchdog: LoopWatchdog
    let hardening: Hardening
    let log: Logger
    var lifecycle = Lifecycle()
    var generation: UInt64 = 1
    /// What the workers have, or are about to.
    var serving: Serving
    /// Whether a reload waits for a list of revocations, and whether another one was asked for meanwhile.
    var isReloading = false
    var reloadsAgain = false
    /// Who waits for the reload that is under way, and for the one after it.
    var reloadCallers: [([String]) -> Void] = []
    var nextCallers: [([String]) -> Void] = []
    var lastReload: ServiceStatusText.ReloadRecord?
    var statusTimer: Scheduled<Void>?
    private var drainTimer: Scheduled<Void>?
    /// Succeeds with the exit code when the process is to end.
    let ended: EventLoopPromise<ExitCode>
    /// Succeeds when the process has said that it is ready, or is to end.
    let announced: EventLoopPromise<Void>

    struct Parts {
        let loop: any EventLoop
        let configurationPath: String
        let settings: Settings
        let keys: KeySources
        let files: ControlFiles
        /// What the workers begin with.
        let serving: Serving
        let workers: WorkerGroup
        let server: Server
        let readiness: ReadinessBox
        let notifier: ServiceNotifier
        let hardening: Hardening
        let log: Logger
    }

    init(_ parts: Parts) {
        loop = parts.loop
        configurationPath = parts.configurationPath
        settings = parts.settings
        keys = parts.keys
        revocations = parts.files.revocations
        assertion = parts.files.assertion
        certificates = parts.files.certificates
        trusts = parts.files.trusts
        serving = parts.serving
        workers = parts.workers
        server = parts.server
        readiness = parts.readiness
        notifier = parts.notifier
        hardening = parts.hardening
        watchdog = LoopWatchdog(parts.workers, on: parts.loop, parts.notifier, parts.log)
        log = parts.log
        ended = parts.loop.makePromise()
        announced = parts.loop.makePromise()
        ended.futureResult.assumeIsolated().whenComplete { [weak self, announced, watchdog] _ in
            watchdog.stop()
            self?.statusTimer?.cancel()
            announced.succeed()
        }
    }

    /// Every listener accepts, and every issuer with keys in files has them. Keys that are fetched are awaited for as long
    /// as a fetch may take: then the process serves whatever came of it, since a key server that is down must not keep the
    /// others' requests from being answered. systemd hears that it is ready when the last issuer has keys too.
    /// - Parameter watchdogPeriod: nanoseconds; nil: nobody watches.
    func started(watchdogPeriod: Int64?) {
        if let watchdogPeriod { watchdog.start(period: watchdogPeriod) }
        if notifier.isHeard { keepStatus() }
        keys.start(
            onChange: { [weak self] _ in self?.publish() },
            onFetched: { [workers, loop] source in
                workers.release(source, on: loop).assumeIsolated().whenComplete { _ in }
            }
        )
        revocations.start { [weak self] _ in self?.publish() }
        assertion.start { [weak self] in self?.publish() }
        certificates.start()
        keys.whenTried { [weak self] in
            guard let self else { return }
            perform(lifecycle.event(.started))
        }
    }

    func received(_ signals: [Signal]) {
        for signal in signals {
            switch signal {
            case .hangUp: perform(lifecycle.event(.hangUp))
            case .terminate, .interrupt: perform(lifecycle.event(.stop))
            case .user1, .user2: log.notice("signal ignored", metadata: ["signal": "\(signal.name)"])
            }
        }
    }

    func perform(_ action: Lifecycle.Action) {
        switch action {
        case .nothing: break
        case .announceReady:
            readiness.update { $0.phase = .serving }
            tellReadiness()
            log.notice("ready", metadata: ["listeners": "\(settings.listenerNames)"])
            announced.succeed()
        case .reload: reload()
        case .beginDrain: beginDrain()
        case .closeAll:
            log.warning("the time to drain is over", metadata: ["connections": "\(workers.connectionCount)"])
            workers.closeAll(on: loop).assumeIsolated().whenComplete { [ended] _ in ended.succeed(.ok) }
        case .end: ended.succeed(.ok)
        case .abandon: ended.succeed(.ok)
        }
    }

    /// New keys, revocations or assertions for the same policy.
    func publish() {
        generation += 1
        let new = settings.serving(
            keyRings: keys.keyRings,
            remoteKeys: keys.remoteKeys,
            revocations: revocations.table,
            assertion: assertion.plan,
            trusts: trusts,
            generation: generation
        )
        let old = serving
        serving = new
        workers.install(new, on: loop).assumeIsolated().whenComplete { _ in
            // Let go here, when no worker holds it any more: freeing a long list of revocations takes milliseconds.
            withExtendedLifetime(old) {}
        }
        tellReadiness()
    }

    private func beginDrain() {
        readiness.update { $0.phase = .draining }
        let drain = settings.limits.drainTimeout.nanoseconds
        let most = drain.addingReportingOverflow(Self.stopMargin)
        notifier.tell(.stopping(nanoseconds: most.overflow ? .max : most.partialValue), .described(statusText))
        log.notice("stopping", metadata: ["connections": "\(workers.connectionCount)"])
        // Every loop knows before the first client can notice that nothing is accepted any more.
        workers.drain(on: loop).flatMap { [server, loop] in server.stopAccepting(on: loop) }.assumeIsolated()
            .whenComplete { _ in
                self.keys.stop()
                self.revocations.stop()
                self.assertion.stop()
                self.certificates.stop()
                // Not before the last connections that were accepted have had their chance.
                self.loop.assumeIsolated().scheduleTask(in: Worker.lastChance + .milliseconds(50)) { self.awaitIdle() }
            }
        let deadline = TimeAmount.nanoseconds(drain)
        loop.assumeIsolated().scheduleTask(in: deadline) { self.perform(self.lifecycle.event(.drainDeadline)) }
    }

    /// Looks until the last connection has gone; only ever during a drain.
    private func awaitIdle() {
        guard workers.connectionCount > 0 else { return perform(lifecycle.event(.idle)) }
        drainTimer = loop.assumeIsolated().scheduleTask(in: .milliseconds(20)) { self.awaitIdle() }
    }

    /// What closing the last connections and ending the threads may take besides the drain, in nanoseconds.
    private static let stopMargin: Int64 = 5_000_000_000
}

/// The control loop's.
@available(*, unavailable)
extension Control: Sendable {}

extension Settings {
    /// Every address that is listened on, for the log.
    var listenerNames: String {
        let all = [("decision", listeners.decision), ("proxy", listeners.proxy), ("admin", listeners.admin)]
        return all.flatMap { kind, list in list.map { "\(kind)=\($0.address)" } }.joined(separator: " ")
    }
}
