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
    private let workers: WorkerGroup
    private let server: Server
    private let readiness: ReadinessBox
    private let log: Logger
    private var lifecycle = Lifecycle()
    private var generation: UInt64 = 1
    private var drainTimer: Scheduled<Void>?
    /// Succeeds with the exit code when the process is to end.
    let ended: EventLoopPromise<ExitCode>

    struct Parts {
        let loop: any EventLoop
        let configurationPath: String
        let settings: Settings
        let keys: KeySources
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
        workers = parts.workers
        server = parts.server
        readiness = parts.readiness
        log = parts.log
        ended = parts.loop.makePromise()
    }

    /// Every listener accepts and every issuer has keys.
    func started() {
        keys.start { [weak self] rings in self?.publish(rings) }
        perform(lifecycle.event(.started))
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
        case .reload: reload()
        case .beginDrain: beginDrain()
        case .closeAll:
            log.warning("the time to drain is over", metadata: ["connections": "\(workers.connectionCount)"])
            workers.closeAll(on: loop).assumeIsolated().whenComplete { [ended] _ in ended.succeed(.ok) }
        case .end: ended.succeed(.ok)
        case .abandon: ended.succeed(.ok)
        }
    }

    /// New keys for the same policy.
    private func publish(_ rings: [KeyRing?]) {
        install(settings, rings)
    }

    private func install(_ settings: Settings, _ rings: [KeyRing?]) {
        generation += 1
        let serving = settings.serving(keyRings: rings, generation: generation)
        workers.install(serving, on: loop).assumeIsolated().whenComplete { _ in }
    }

    /// SIGHUP: the configuration and every key file are read again; what is bad changes nothing.
    private func reload() {
        notify(.reloading(since: .now()))
        defer { notify(.ready) }
        let loaded: ConfigurationLoader.Loaded
        do {
            loaded = try ConfigurationLoader.load(configurationPath)
        } catch {
            return reloadFailed(error.messages)
        }
        for warning in loaded.warnings { log.warning("configuration", metadata: ["warning": "\(warning)"]) }
        let failures = keys.update(loaded.settings)
        guard failures.isEmpty else { return reloadFailed(failures.map(\.description)) }
        for key in loaded.settings.changeNeedsRestart(from: settings) {
            log.warning("changed, but needs a restart", metadata: ["key": "\(key)"])
        }
        // What needs a restart stays as it is, so that the same change is reported again.
        var settings = loaded.settings
        settings.listeners = self.settings.listeners
        settings.eventLoops = self.settings.eventLoops
        self.settings = settings
        keys.reloadNow()
        install(settings, keys.keyRings)
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
