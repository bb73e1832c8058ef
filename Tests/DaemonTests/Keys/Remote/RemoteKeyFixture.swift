import Authorization
import Configuration
import Gateways
import JOSE
import Logging
import NIOCore
import NIOPosix
import TestSupport

@testable import Daemon

/// Everything between a token and a key server, within the test process: key sources on a control loop, workers on loops of
/// their own, the decision endpoint and the proxy on real sockets.
final class RemoteKeyFixture {
    struct Verdict: Equatable {
        let status: Int
        let reason: String

        static let allowed = Verdict(status: 200, reason: "allowed")
        static let unknown = Verdict(status: 401, reason: "key_unknown")
        static let unavailable = Verdict(status: 503, reason: "keys_unavailable")
        static let invalid = Verdict(status: 401, reason: "signature_invalid")
    }

    let decision: TestSupport.SocketAddress
    let proxy: TestSupport.SocketAddress
    let log = Awaited<[String]>([])
    private let control = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let group: MultiThreadedEventLoopGroup
    private let loop: any EventLoop
    private let sources: NIOLoopBound<KeySources>
    private let workers: WorkerGroup
    private var listeners: [any Channel] = []

    /// - Parameter upstream: of the proxy.
    init(
        _ remote: RemoteKeySettings,
        loops: Int = 2,
        upstream: TestSupport.SocketAddress = .tcp(port: 1)
    ) throws {
        let settings = try Self.settings(remote)
        let loop = control.next()
        let log = log
        let logger = Logger(label: "test") { _ in RecordingLogHandler(records: log) }
        let sources = try loop.submit {
            NIOLoopBound(KeySources(settings, eventLoop: loop, log: logger), eventLoop: loop)
        }.wait()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: loops)
        let serving = try loop.submit { try Self.serving(settings, sources.value, upstream, 1) }.wait()
        let workers = try WorkerGroup(group, serving: serving, log: SilentDecisionLog())
        let decisions = try Self.listen(group) { channel in
            guard let worker = workers.worker(of: channel.eventLoop), workers.admit(limit: 10_000) else { return }
            let handler = DecisionHandler(worker: worker, isPeerAllowed: true)
            try channel.pipeline.syncOperations.addHandler(handler)
        }
        let proxied = try Self.listen(group) { channel in
            guard let worker = workers.worker(of: channel.eventLoop), workers.admit(limit: 10_000) else { return }
            let client = ProxyClient(address: channel.remoteAddress, isUnix: false)
            let handler = ProxyHandler(worker: worker, proxy: worker.proxy, client: client)
            try channel.pipeline.syncOperations.addHandler(handler)
        }
        listeners = [decisions, proxied]
        decision = .tcp(port: decisions.localAddress?.port ?? 0)
        proxy = .tcp(port: proxied.localAddress?.port ?? 0)
        (self.loop, self.sources, self.group, self.workers) = (loop, sources, group, workers)
        try start(settings, upstream)
    }

    deinit {
        for listener in listeners { try? listener.close().wait() }
        try? loop.flatSubmit { [sources] in sources.value.shutdown() }.wait()
        try? group.syncShutdownGracefully()
        try? control.syncShutdownGracefully()
    }

    private func start(_ settings: Settings, _ upstream: TestSupport.SocketAddress) throws {
        let (sources, workers, loop) = (sources, workers, loop)
        try loop.submit {
            var generation: UInt64 = 1
            let failures = sources.value.loadAll()
            if !failures.isEmpty { throw TestSupportError("\(failures)") }
            sources.value.start(
                onChange: { _ in
                    generation += 1
                    guard let serving = try? Self.serving(settings, sources.value, upstream, generation) else { return }
                    workers.install(serving, on: loop).whenComplete { _ in }
                },
                onFetched: { workers.release($0, on: loop).whenComplete { _ in } }
            )
        }.wait()
    }

    private static func listen(
        _ group: any EventLoopGroup,
        _ add: @escaping @Sendable (any Channel) throws -> Void
    ) throws -> any Channel {
        try ServerBootstrap(group: group)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in channel.eventLoop.makeCompletedFuture { try add(channel) } }
            .bind(host: "127.0.0.1", port: 0)
            .wait()
    }

    private static func serving(
        _ settings: Settings,
        _ sources: KeySources,
        _ upstream: TestSupport.SocketAddress,
        _ generation: UInt64
    ) throws -> Serving {
        let port = if case .tcp(let port) = upstream { port } else { 1 }
        return Serving(
            snapshot: AuthorizationSnapshot(
                policy: settings.policy,
                keyRings: sources.keyRings,
                generation: generation
            ),
            realm: "authd",
            limits: ServingLimits(),
            decisionLog: .none,
            upstreams: ["hello": .tcp(host: "127.0.0.1", port: port)],
            remoteKeys: sources.remoteKeys
        )
    }

    static func settings(_ remote: RemoteKeySettings) throws -> Settings {
        let issuer = IssuerPolicy(
            name: "main",
            issuer: DaemonConfiguration.issuer,
            audiences: [DaemonConfiguration.audience],
            algorithms: [.es256, .rs256]
        )
        let open = Rule(name: "open", match: RequestMatch(path: try PathPattern("/open/**")), effect: .anonymous)
        let hello = Rule(
            name: "hello",
            match: RequestMatch(path: try PathPattern("/hello")),
            effect: .require(Requirement(issuer: "main", scopes: ["hello.read"]))
        )
        return Settings(
            listeners: ListenersSettings(),
            policy: Policy(issuers: [issuer], rules: [open, hello]),
            keySources: [KeySettings.keys(.remote(remote))]
        )
    }

    // MARK: What tests do

    func reload() throws { try on { $0.reloadNow() } }

    func status() throws -> KeySourceStatus {
        guard let status = try on({ $0.status }).first else { throw TestSupportError("no issuer") }
        return status
    }

    func on<Result: Sendable>(_ act: @escaping @Sendable (KeySources) throws -> Result) throws -> Result {
        let sources = sources
        return try loop.submit { try act(sources.value) }.wait()
    }

    /// Waits until a line of the log begins with `text`.
    func awaitLog(_ text: String) throws {
        let found = log.first(before: .usual) { lines in lines.contains { $0.hasPrefix(text) } ? true : nil }
        guard found == true else { throw TestSupportError("not logged: \(text); log: \(log.current)") }
    }

    /// Forces a fetch, after the one that may be on its way, and waits until it has ended.
    func fetchAgain() throws {
        let before = try begun("reload")
        let deadline = Deadline.usual
        while try begun("reload") == before {
            if deadline.isPast { throw TestSupportError("no fetch was begun") }
            try reload()
        }
        try awaitFetches(try begun())
    }

    /// Fetches that were begun, for one cause or for any.
    func begun(_ cause: String? = nil) throws -> UInt64 {
        let fetches = try status().remote?.fetches ?? []
        return fetches.filter { cause == nil || $0.cause == cause }.reduce(0) { $0 + $1.count }
    }

    /// Waits until so many fetches have ended. Nothing else tells, so it asks the control loop again and again.
    func awaitFetches(_ count: UInt64) throws {
        let deadline = Deadline.usual
        while try status().reloads.total < count {
            if deadline.isPast { throw TestSupportError("waited in vain: \(try status())") }
        }
    }

    /// Requests that wait for a key now, on all loops.
    func waiting() throws -> Int { try workers.collect(on: loop) { $0.keyWaits.count }.wait().reduce(0, +) }

    func awaitWaiting(_ count: Int) throws {
        let deadline = Deadline.usual
        while try waiting() != count {
            if deadline.isPast { throw TestSupportError("\(try waiting()) wait, not \(count)") }
        }
    }

    /// Asks again until the loops, which hear of new keys a moment after the control loop, say this four times in a row.
    func awaitVerdict(_ verdict: Verdict, for token: String) throws {
        let deadline = Deadline.usual
        var inARow = 0
        while inARow < 4 {
            if deadline.isPast { throw TestSupportError("still \(try ask(token)), not \(verdict)") }
            inARow = try ask(token) == verdict ? inARow + 1 : 0
        }
    }

    func drain() throws { try workers.drain(on: loop).wait() }

    func waits() throws -> KeyWaitCounters {
        try workers.collect(on: loop) { $0.keyWaitCounters }.wait().reduce(into: KeyWaitCounters()) { $0.add($1) }
    }

    /// Requests that were decided, by reason, over all loops; door: nginx.
    func decided(_ reason: Reason) throws -> UInt64 {
        try workers.collect(on: loop) { $0.counters.decisions(.nginx, reason) }.wait().reduce(0, +)
    }

    static func question(_ token: String?, path: String = "/hello") -> String {
        let credential = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        return "GET /authorize HTTP/1.1\r\nHost: a\r\nX-Original-Method: GET\r\nX-Original-URI: \(path)\r\n"
            + credential + "\r\n"
    }

    static func verdict(_ response: RawResponse) -> Verdict {
        Verdict(status: response.status, reason: response["X-Authd-Reason"] ?? "")
    }

    func ask(_ token: String?, path: String = "/hello") throws -> Verdict {
        Self.verdict(try RawConnection(to: decision).exchange(Self.question(token, path: path)))
    }
}

extension KeyReloadCounts {
    fileprivate var total: UInt64 { loaded + unchanged + failed }
}
