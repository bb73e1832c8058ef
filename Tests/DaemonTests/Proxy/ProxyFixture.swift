import Authorization
import Gateways
import JOSE
import NIOCore
import NIOPosix
import Synchronization
import TestSupport

@testable import Daemon

/// A proxy on a loopback port within the test process: one event loop, real sockets.
final class ProxyFixture {
    static let secret = DaemonConfiguration.secret

    let address: TestSupport.SocketAddress
    private let group: MultiThreadedEventLoopGroup
    private let workers: WorkerGroup
    private let proxy: NIOLoopBound<ProxyWorker>
    private let listener: any Channel

    /// - Parameter rules: by default everything is open and goes to the only upstream.
    init(
        upstream: TestSupport.SocketAddress,
        rules: [Rule] = [],
        identity: [(String, String)] = [("X-Auth-Request-User", "sub")],
        limits: ServingLimits = ServingLimits(),
        assertion: AssertionPlan? = nil
    ) throws {
        let serving = try Self.serving(upstream, rules, identity, limits, assertion: assertion)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let workers = try WorkerGroup(group, serving: serving, log: SilentDecisionLog())
        let loop = group.next()
        let proxy = try loop.submit {
            guard let worker = workers.worker(of: loop) else { throw TestSupportError("no worker") }
            return NIOLoopBound(worker.proxy, eventLoop: loop)
        }.wait()
        listener = try ServerBootstrap(group: group)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            // Small, so that a reader that stops is noticed before megabytes are in flight.
            .childChannelOption(.socketOption(.so_sndbuf), value: 65_536)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let worker = workers.worker(of: loop), workers.admit(limit: 10_000) else { return }
                    let client = ProxyClient(address: channel.remoteAddress, isUnix: false)
                    let handler = ProxyHandler(worker: worker, proxy: proxy.value, client: client)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .wait()
        address = .tcp(port: listener.localAddress?.port ?? 0)
        (self.group, self.workers, self.proxy) = (group, workers, proxy)
    }

    deinit {
        try? listener.close().wait()
        try? group.syncShutdownGracefully()
    }

    func connect() throws -> RawConnection { try RawConnection(to: address) }

    /// The counters at this moment.
    func counters() throws -> ProxyCounters { try group.next().submit { [proxy] in proxy.value.counters }.wait() }

    /// Waits until the counters are as `isMet` wants them: asks again each time the loop has come around.
    func waitForCounters(_ isMet: (ProxyCounters) -> Bool) throws {
        let deadline = Deadline.usual
        while !isMet(try counters()) {
            if deadline.isPast { throw TestSupportError("waited in vain: \(try counters())") }
        }
    }

    func drain() throws { try workers.drain(on: group.next()).wait() }

    func install(_ serving: Serving) throws { try workers.install(serving, on: group.next()).wait() }

    /// Connections of the worker, upstream ones included.
    func connectionCount() throws -> Int {
        try workers.collect(on: group.next()) { $0.connectionCount }.wait().reduce(0, +)
    }

    static func serving(
        _ upstream: TestSupport.SocketAddress,
        _ rules: [Rule] = [],
        _ identity: [(String, String)] = [],
        _ limits: ServingLimits = ServingLimits(),
        assertion: AssertionPlan? = nil
    ) throws -> Serving {
        let keys = try KeyFile(Array(secret.utf8).span, requirements: KeyRequirements(algorithms: [.hs256])).keys
        let policy = Policy(
            issuers: [IssuerPolicy(name: "main", algorithms: [.hs256])],
            rules: rules.isEmpty ? [try open()] : rules,
            identityHeaders: identity.compactMap { name, claim in
                ClaimPath(claim).map { IdentityHeader(header: name, claim: $0) }
            }
        )
        let address: UpstreamAddress =
            switch upstream {
            case .tcp(let port): .tcp(host: "127.0.0.1", port: port)
            case .unix(let path): .unix(path: path)
            }
        return Serving(
            snapshot: AuthorizationSnapshot(policy: policy, keyRings: [KeyRing(keys: keys)], generation: 1),
            realm: "authd",
            limits: limits,
            decisionLog: .none,
            upstreams: ["hello": address],
            assertion: assertion
        )
    }

    static func open(_ path: String = "/**") throws -> Rule {
        Rule(name: "open", match: RequestMatch(path: try PathPattern(path)), effect: .anonymous)
    }

    static func closed(_ path: String = "/**", scopes: [String] = []) throws -> Rule {
        Rule(
            name: "closed",
            match: RequestMatch(path: try PathPattern(path)),
            effect: .require(Requirement(issuer: "main", scopes: scopes))
        )
    }

    static func token(_ changes: [String: JSONValue?] = [:]) -> String {
        TokenMint(secret: secret).token(changes)
    }
}

struct SilentDecisionLog: DecisionLog {
    func write(
        _ decision: Decision,
        _ door: Door,
        method: Range<Int>,
        in bytes: Span<UInt8>,
        claims: [ClaimPath],
        _ authorizer: borrowing Authorizer
    ) {}
}
