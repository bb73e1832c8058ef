internal import Authorization
internal import Configuration
internal import JOSE
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Platform

/// Puts the daemon together in the one order that is safe: harden, read, load keys, bind, serve, announce.
struct DaemonProcess {
    private let configurationPath: String
    private let hardening: HardeningReport
    private let signals: SignalSource

    init(_ configurationPath: String) throws(StartFailure) {
        self.configurationPath = configurationPath
        // Before the first secret is read.
        hardening = ProcessHardening.apply()
        do {
            signals = try SignalSource()
        } catch {
            throw StartFailure(.internal, ["\(error)"])
        }
    }

    func run(_ onReady: @escaping @Sendable () -> Void) throws(StartFailure) -> ExitCode {
        let loaded = try ConfigurationLoader.load(configurationPath)
        let settings = loaded.settings
        let secretsAreLocked = SecureHeap.enable()
        let sink = LogSink(settings.log)
        let log = AuthdLogHandler.logger(sink)
        for warning in loaded.warnings { log.warning("configuration", metadata: ["warning": "\(warning)"]) }
        if !hardening.isComplete { log.notice("hardening is incomplete", metadata: ["refused": "\(hardening)"]) }
        if !secretsAreLocked { log.notice("secrets are not locked in memory; raise the limit on locked memory") }
        let control = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: settings.eventLoops ?? System.coreCount)
        defer {
            try? group.syncShutdownGracefully()
            try? control.syncShutdownGracefully()
        }
        var binder = try ListenerBinder(allowsRemote: settings.allowRemote)
        let keys = try loadKeys(settings, control.next(), log)
        let files = try loadFiles(settings, control.next(), log)
        let listeners = try binder.bind(settings.listeners)
        defer { for listener in listeners { listener.file?.remove() } }
        return try serve(settings, keys, files, listeners, control.next(), group, sink, log, onReady)
    }

    private func loadKeys(
        _ settings: Settings,
        _ loop: any EventLoop,
        _ log: Logger
    ) throws(StartFailure) -> NIOLoopBound<KeySources> {
        let outcome: (NIOLoopBound<KeySources>, [KeySourceFailure])
        do {
            outcome = try loop.submit {
                let sources = KeySources(settings, eventLoop: loop, log: log)
                return (NIOLoopBound(sources, eventLoop: loop), sources.loadAll())
            }.wait()
        } catch {
            throw StartFailure(.internal, ["the keys could not be loaded: \(error)"])
        }
        guard outcome.1.isEmpty else {
            let isPermission = outcome.1.allSatisfy { $0.code == .permissionDenied }
            throw StartFailure(isPermission ? .noPermission : .configuration, outcome.1.map(\.description))
        }
        return outcome.0
    }

    private func loadFiles(
        _ settings: Settings,
        _ loop: any EventLoop,
        _ log: Logger
    ) throws(StartFailure) -> NIOLoopBound<ControlFiles> {
        let loaded = RevocationSource(settings)?.loadPatiently()
        let outcome: (files: NIOLoopBound<ControlFiles>, failure: WatchedFileFailure?)
        do {
            outcome = try loop.submit {
                let revocations = Revocations(try? loaded?.get(), eventLoop: loop, log: log)
                let assertion = AssertionKeyFile(eventLoop: loop, log: log)
                let failure = assertion.update(settings.assertion)
                let files = ControlFiles(revocations: revocations, assertion: assertion)
                return (NIOLoopBound(files, eventLoop: loop), failure)
            }.wait()
        } catch {
            throw StartFailure(.internal, ["the files could not be loaded: \(error)"])
        }
        var failures = outcome.failure.map { [$0] } ?? []
        if case .failure(let failure) = loaded { failures.insert(failure, at: 0) }
        guard failures.isEmpty else {
            let isPermission = failures.allSatisfy { $0.code == .permissionDenied }
            throw StartFailure(isPermission ? .noPermission : .configuration, failures.map(\.description))
        }
        return outcome.files
    }

    private func serve(
        _ settings: Settings,
        _ keys: NIOLoopBound<KeySources>,
        _ files: NIOLoopBound<ControlFiles>,
        _ listeners: [BoundListener],
        _ loop: any EventLoop,
        _ group: MultiThreadedEventLoopGroup,
        _ sink: LogSink,
        _ log: Logger,
        _ onReady: @escaping @Sendable () -> Void
    ) throws(StartFailure) -> ExitCode {
        do {
            let readiness = ReadinessBox()
            defer { try? loop.flatSubmit { keys.value.shutdown() }.wait() }
            let serving = try loop.submit {
                settings.serving(
                    keyRings: keys.value.keyRings,
                    remoteKeys: keys.value.remoteKeys,
                    revocations: files.value.revocations.table,
                    assertion: files.value.assertion.plan,
                    generation: 1
                )
            }.wait()
            let decisionLog = DecisionLogWriter(sink: sink)
            let workers = try WorkerGroup(
                group,
                serving: serving,
                log: decisionLog
            )
            let admin = AdminSource.live(workers, keys, files, loop, readiness, sink, decisionLog)
            let server = Server(group: group, workers: workers, handlers: ConnectionHandlers(admin: admin))
            for listener in listeners { try server.serve(listener) }
            let path = configurationPath
            let control = try loop.submit {
                let parts = Control.Parts(
                    loop: loop,
                    configurationPath: path,
                    settings: settings,
                    keys: keys.value,
                    files: files.value,
                    serving: serving,
                    workers: workers,
                    server: server,
                    readiness: readiness,
                    log: log
                )
                return NIOLoopBound(Control(parts), eventLoop: loop)
            }.wait()
            try watchSignals(loop, control)
            let (announced, ended) = try loop.submit {
                control.value.started()
                return (control.value.announced.futureResult, control.value.ended.futureResult)
            }.wait()
            try announced.wait()
            onReady()
            return try ended.wait()
        } catch {
            throw StartFailure(.internal, ["cannot serve: \(error)"])
        }
    }

    private func watchSignals(_ loop: any EventLoop, _ control: NIOLoopBound<Control>) throws {
        guard let descriptor = signals.duplicateDescriptor() else {
            throw StartFailure(.internal, ["no descriptor is left"])
        }
        _ = try NIOPipeBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = SignalHandler { control.value.received($0) }
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .takingOwnershipOfDescriptor(input: descriptor)
            .wait()
    }
}
