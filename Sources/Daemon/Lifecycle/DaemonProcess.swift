internal import Authorization
internal import Configuration
internal import Glibc
internal import JOSE
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Platform

/// Puts the daemon together in the one order that is safe: harden, read, load keys, bind, serve, announce.
struct DaemonProcess {
    private let configurationPath: String
    private let confines: Bool
    private let notifier: ServiceNotifier
    private let steps: HardeningReport
    private let signals: SignalSource
    /// What systemd gives with the start, taken before any other thread exists.
    private let inherited: [InheritedSocket]
    private let watchdogPeriod: Int64?
    private let controlSocket: String?

    init(_ configurationPath: String, confines: Bool, _ notifier: ServiceNotifier) throws(StartFailure) {
        self.configurationPath = configurationPath
        self.confines = confines
        self.notifier = notifier
        // Before the first secret is read.
        steps = ProcessHardening.apply()
        watchdogPeriod = WatchdogPeriod.take()
        // The string is copied before anybody could change the environment.
        let folder = unsafe getenv("RUNTIME_DIRECTORY").map { unsafe String(cString: $0) }
        controlSocket = ControlSocket.path(runtimeDirectory: folder)
        do {
            inherited = try ListenFDs.take()
        } catch {
            throw StartFailure(.configuration, ["the sockets from systemd cannot be used: \(error)"])
        }
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
        // Before the first other thread: rights are given up by a thread and those that it makes.
        let hardening = harden(settings, secretsAreLocked, log)
        let control = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: settings.eventLoops ?? System.coreCount)
        defer {
            try? group.syncShutdownGracefully()
            try? control.syncShutdownGracefully()
        }
        var binder = ListenerBinder(inherited: inherited, allowsRemote: settings.allowRemote)
        let keys = try loadKeys(settings, control.next(), log)
        let files = try loadFiles(settings, control.next(), log)
        let listeners = try binder.bind(settings.listeners)
        defer { for listener in listeners { listener.file?.remove() } }
        for socket in binder.inherited {
            log.warning(
                "a socket from systemd is not in the configuration; whoever connects to it waits in vain",
                metadata: ["name": "\(socket.name)", "socket": "\(socket.kind)"]
            )
        }
        return try serve(settings, keys, files, listeners, control.next(), group, hardening, sink, log, onReady)
    }

    private func harden(_ settings: Settings, _ secretsAreLocked: Bool, _ log: Logger) -> Hardening {
        let isWanted = confines && settings.hardening.landlock
        let plan = settings.confinement(configurationPath: configurationPath, controlSocket: controlSocket)
        let hardening = Hardening(
            report: steps,
            secretsAreLocked: secretsAreLocked,
            landlock: isWanted ? Landlock.confine(to: plan) : .off,
            plan: isWanted ? plan : nil
        )
        log.info("hardened", metadata: ["in_force": "\(hardening.text)"])
        if !steps.isComplete { log.notice("hardening is incomplete", metadata: ["refused": "\(steps)"]) }
        if !secretsAreLocked { log.notice("secrets are not locked in memory; raise the limit on locked memory") }
        return hardening
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
        let outcome: (files: NIOLoopBound<ControlFiles>, failures: [WatchedFileFailure])
        do {
            outcome = try loop.submit {
                let revocations = Revocations(try? loaded?.get(), eventLoop: loop, log: log)
                let assertion = AssertionKeyFile(eventLoop: loop, log: log)
                let certificates = ListenerCertificates(settings.listeners, eventLoop: loop, log: log)
                let trusts = UpstreamTrusts()
                let failures = [assertion.update(settings.assertion), trusts.update(settings)].compactMap { $0 }
                let files = ControlFiles(
                    revocations: revocations,
                    assertion: assertion,
                    certificates: certificates,
                    trusts: trusts
                )
                return (NIOLoopBound(files, eventLoop: loop), failures + certificates.failures)
            }.wait()
        } catch {
            throw StartFailure(.internal, ["the files could not be loaded: \(error)"])
        }
        var failures = outcome.failures
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
        _ hardening: Hardening,
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
                    trusts: files.value.trusts,
                    generation: 1
                )
            }.wait()
            let decisionLog = DecisionLogWriter(sink: sink)
            let workers = try WorkerGroup(
                group,
                serving: serving,
                log: decisionLog
            )
            let admin = AdminSource.live(
                workers,
                keys,
                files,
                loop,
                readiness,
                sink,
                decisionLog,
                hardening: hardening.text
            )
            let server = Server(group: group, workers: workers, handlers: ConnectionHandlers(admin: admin))
            for listener in listeners { try serve(listener, on: server, files, loop) }
            let path = configurationPath
            let (notifier, watchdogPeriod) = (notifier, watchdogPeriod)
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
                    notifier: notifier,
                    hardening: hardening,
                    log: log
                )
                return NIOLoopBound(Control(parts), eventLoop: loop)
            }.wait()
            try watchSignals(loop, control)
            let controlSocket = listenForReloads(loop, control, log)
            defer { controlSocket?.close() }
            let (announced, ended) = try loop.submit {
                control.value.started(watchdogPeriod: watchdogPeriod)
                return (control.value.announced.futureResult, control.value.ended.futureResult)
            }.wait()
            try announced.wait()
            onReady()
            return try ended.wait()
        } catch {
            throw StartFailure(.internal, ["cannot serve: \(error)"])
        }
    }

    private struct NoCertificate: Error {}

    private func serve(
        _ listener: BoundListener,
        on server: Server,
        _ files: NIOLoopBound<ControlFiles>,
        _ loop: any EventLoop
    ) throws {
        guard let certificate = listener.certificate else { return try server.serve(listener, tls: nil) }
        // Never plain where TLS is configured.
        guard let tls = try loop.submit({ files.value.certificates.tls(certificate) }).wait() else {
            throw NoCertificate()
        }
        try server.serve(listener, tls: tls)
    }

    /// `authd reload` does without where it cannot be; SIGHUP works as ever.
    private func listenForReloads(
        _ loop: any EventLoop,
        _ control: NIOLoopBound<Control>,
        _ log: Logger
    ) -> ControlSocket? {
        guard let controlSocket else { return nil }
        do {
            return try ControlSocket(controlSocket, group: loop) { control.value.reload($0) }
        } catch {
            log.warning("authd reload will not work", metadata: ["error": "\(error)"])
            return nil
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
