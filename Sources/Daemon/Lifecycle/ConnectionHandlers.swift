internal import NIOCore

/// Gives a new connection the handler of its listener's kind.
struct ConnectionHandlers: Sendable {
    let admin: AdminSource

    struct NoWorker: Error {}

    /// On the connection's event loop.
    func add(
        to channel: any Channel,
        kind: ListenerKind,
        peers: PeerPolicy,
        isUnix: Bool,
        tls: ListenerTLS?,
        workers: WorkerGroup
    ) throws {
        guard let worker = workers.worker(of: channel.eventLoop) else { throw NoWorker() }
        let pipeline = channel.pipeline.syncOperations
        guard kind == .admin || workers.admit(limit: worker.serving.limits.connections) else {
            if let tls { try pipeline.addHandler(tls.handler()) }
            try pipeline.addHandler(OverloadHandler())
            return
        }
        // The close of a connection that never became active is told here only.
        if kind != .admin { channel.closeFuture.whenComplete { _ in workers.leave() } }
        if let tls { try pipeline.addHandler(tls.handler()) }
        switch kind {
        case .decision:
            let isAllowed = try isAllowed(channel, peers, isUnix)
            try pipeline.addHandler(DecisionHandler(worker: worker, isPeerAllowed: isAllowed))
        case .proxy:
            let client = ProxyClient(address: channel.remoteAddress, isUnix: isUnix, isTLS: tls != nil)
            try pipeline.addHandler(ProxyHandler(worker: worker, proxy: worker.proxy, client: client))
        case .admin:
            try pipeline.addHandler(AdminHandler(worker: worker, source: admin))
        }
    }

    private func isAllowed(_ channel: any Channel, _ peers: PeerPolicy, _ isUnix: Bool) throws -> Bool {
        guard isUnix, peers.users != nil else { return true }
        // The descriptor is only looked at here, on its own event loop; the channel keeps it.
        return try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
            descriptor in
            peers.allows(descriptor: descriptor)
        } ?? false
    }
}
