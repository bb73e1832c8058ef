internal import Authorization
internal import Configuration
internal import Logging
internal import NIOCore
internal import Platform

/// Runs the process: signals, reloads, key changes, readiness, the drain. Everything happens on the control loop.
final class Control {
    private let loop: any EventLoop
    private let configurationPath: String
    private var settings: Settings
    private let keys: KeySources
    private let revocations: Revocations
    private let assertion: AssertionKeyFile
    private let workers: WorkerGroup
    private let server: Server
    private let readiness: ReadinessBox
    private let log: Logger
    private var lifecycle = Lifecycle()
    private var generation: UInt64 = 1
    /// What the workers have, or are about to.
    private var serving: Serving
    /// Whether a reload waits for a list of revocations, and whether another one was asked for meanwhile.
    private var isReloading = false
    private var reloadsAgain = false
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
        let log: Logger
    }

    init(_ parts: Parts) {
        loop = parts.loop
        configurationPath = parts.configurationPath
        settings = parts.settings
        keys = parts.keys
        revocations = parts.files.revocations
        assertion = parts.files.assertion
        serving = parts.serving
        workers = parts.workers
        server = parts.server
        readiness = parts.readiness
        log = parts.log
        ended = parts.loop.makePromise()
        announced = parts.loop.makePromise()
        ended.futureResult.assumeIsolated().whenComplete { [announced] _ in announced.succeed() }
    }

    /// Every listener accepts, and every issuer with keys in files has them. Keys that are fetched are awaited for as long
    /// as a fetch may take: then the process says that it is ready whatever came of it, since a key server that is down must
    /// not keep the others' requests from being served. `/readyz` tells.
    func started() {
        keys.start(
            onChange: { [weak self] _ in self?.publish() },
            onFetched: { [workers, loop] source in
                workers.release(source, on: loop).assumeIsolated().whenComplete { _ in }
            }
        )
        revocations.start { [weak self] _ in self?.publish() }
        assertion.start { [weak self] in self?.publish() }
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

    private func perform(_ action: Lifecycle.Action) {
        switch action {
        case .nothing: break
        case .announceReady:
            readiness.update { $0.phase = .serving }
            notify(.ready, .status("serving"))
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
    private func publish() {
        generation += 1
        let new = settings.serving(
            keyRings: keys.keyRings,
            remoteKeys: keys.remoteKeys,
            revocations: revocations.table,
            assertion: assertion.plan,
            generation: generation
        )
        let old = serving
        serving = new
        workers.install(new, on: loop).assumeIsolated().whenComplete { _ in
            // Let go here, when no worker holds it any more: freeing a long list of revocations takes milliseconds.
            withExtendedLifetime(old) {}
        }
    }

    /// SIGHUP: the configuration and every file that it names are read again; what is bad changes nothing.
    private func reload() {
        guard !isReloading else {
            reloadsAgain = true
            return
        }
        isReloading = true
        notify(.reloading(since: .now()))
        let loaded: ConfigurationLoader.Loaded
        do {
            loaded = try ConfigurationLoader.load(configurationPath)
        } catch {
            return reloaded(error.messages)
        }
        // Only another list takes time; then everything goes on meanwhile.
        revocations.prepare(loaded.settings) { [self] prepared in
            switch prepared {
            case .success(let list): reloaded(apply(loaded, list))
            case .failure(let failure): reloaded([failure.description])
            }
        }
    }

    /// Goes over to a configuration. - Returns: why nothing has changed; empty where it has.
    private func apply(_ loaded: ConfigurationLoader.Loaded, _ list: LoadedRevocations?) -> [String] {
        for warning in loaded.warnings { log.warning("configuration", metadata: ["warning": "\(warning)"]) }
        if let failure = AssertionKeyFile.failure(loaded.settings.assertion) { return [failure.description] }
        let failures = keys.update(loaded.settings)
        guard failures.isEmpty else { return failures.map(\.description) }
        if let failure = assertion.update(loaded.settings.assertion) { return [failure.description] }
        revocations.adopt(list)
        for key in loaded.settings.changeNeedsRestart(from: settings) {
            log.warning("changed, but needs a restart", metadata: ["key": "\(key)"])
        }
        // What needs a restart stays as it is, so that the same change is reported again.
        var settings = loaded.settings
        settings.listeners = self.settings.listeners
        settings.eventLoops = self.settings.eventLoops
        self.settings = settings
        keys.reloadNow()
        assertion.reloadNow()
        publish()
        // Read again on its own thread; what has changed is published when it is there.
        revocations.reloadNow()
        return []
    }

    /// The reload is over. - Parameter failures: why nothing has changed.
    private func reloaded(_ failures: [String]) {
        isReloading = false
        defer {
            notify(.ready)
            if reloadsAgain {
                reloadsAgain = false
                reload()
            }
        }
        guard failures.isEmpty else { return reloadFailed(failures) }
        readiness.update {
            $0.configurationError = nil
            $0.reloadsSucceeded += 1
        }
        notify(.status("serving"))
        log.notice("configuration reloaded", metadata: ["generation": "\(generation)"])
    }

    private func reloadFailed(_ messages: [String]) {
        readiness.update {
            $0.configurationError = messages.first ?? "unknown"
            $0.reloadsFailed += 1
        }
        for message in messages {
            log.error("reload failed, the old configuration goes on", metadata: ["error": "\(message)"])
        }
        notify(.status("serving; the last reload failed: \(messages.first ?? "")"))
    }

    private func beginDrain() {
        readiness.update { $0.phase = .draining }
        notify(.stopping, .status("draining"))
        log.notice("stopping", metadata: ["connections": "\(workers.connectionCount)"])
        // Every loop knows before the first client can notice that nothing is accepted any more.
        workers.drain(on: loop).assumeIsolated().whenComplete { _ in
            self.server.stopAccepting()
            self.keys.stop()
            self.revocations.stop()
            self.assertion.stop()
            self.awaitIdle()
        }
        let deadline = TimeAmount.nanoseconds(settings.limits.drainTimeout.nanoseconds)
        loop.assumeIsolated().scheduleTask(in: deadline) { self.perform(self.lifecycle.event(.drainDeadline)) }
    }

    /// Looks until the last connection has gone; only ever during a drain.
    private func awaitIdle() {
        guard workers.connectionCount > 0 else { return perform(lifecycle.event(.idle)) }
        drainTimer = loop.assumeIsolated().scheduleTask(in: .milliseconds(20)) { self.awaitIdle() }
    }

    private func notify(_ messages: SystemdNotifier.Message...) {
        for message in messages {
            do {
                try SystemdNotifier.notify(message)
            } catch {
                log.debug("systemd was not told", metadata: ["error": "\(error)"])
            }
        }
    }
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
