import Authorization
import Gateways
import NIOCore
import NIOPosix
import TestSupport

@testable import Daemon

/// An admin endpoint on a loopback port within the test process: one event loop, real sockets.
final class AdminFixture {
    let address: TestSupport.SocketAddress
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let listener: any Channel

    init(limits: ServingLimits = ServingLimits(), source: AdminSource) throws {
        let snapshot = AuthorizationSnapshot(policy: Policy(issuers: [], rules: []), keyRings: [], generation: 1)
        let serving = Serving(snapshot: snapshot, realm: "authd", limits: limits, decisionLog: .none)
        let workers = try WorkerGroup(group, serving: serving, log: NoDecisionLog())
        listener = try ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let worker = workers.worker(of: channel.eventLoop) else {
                        throw TestSupportError("no worker")
                    }
                    try channel.pipeline.syncOperations.addHandler(AdminHandler(worker: worker, source: source))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .wait()
        guard let port = listener.localAddress?.port else { throw TestSupportError("no port") }
        address = .tcp(port: port)
    }

    convenience init(_ report: AdminReport = AdminSample.report()) throws {
        try self.init(source: AdminSource { loop in loop.makeSucceededFuture(report) })
    }

    deinit {
        try? listener.close().wait()
        try? group.syncShutdownGracefully()
    }
}

/// Nobody decides here.
struct NoDecisionLog: DecisionLog {
    func write(
        _ decision: Decision,
        _ door: Door,
        method: Range<Int>,
        in bytes: Span<UInt8>,
        claims: [ClaimPath],
        _ authorizer: borrowing Authorizer
    ) {}
}
