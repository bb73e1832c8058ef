internal import Glibc
internal import NIOCore
internal import NIOPosix

/// One event loop's connections to one upstream: carries out what `UpstreamPool` decides.
final class Upstream {
    /// What came of asking for a connection.
    enum Acquisition {
        case connection(UpstreamHandler)
        /// One is being opened.
        case opening(UpstreamHandler)
        /// All are busy; `cancel` with the ticket.
        case queued(UInt64)
        case refused
    }

    let address: UpstreamAddress
    private unowned let worker: Worker
    unowned let proxy: ProxyWorker
    private var pool = UpstreamPool()
    private var connections: [UpstreamHandler?] = []
    private var waiting: [UInt64: ProxyHandler] = [:]
    /// The address that a name led to the last time that a connection was made.
    private var lastGood: SocketAddress?
    private var isRetired = false

    init(_ address: UpstreamAddress, worker: Worker, proxy: ProxyWorker) {
        self.address = address
        self.worker = worker
        self.proxy = proxy
    }

    /// The Host for requests that bring none.
    var authority: [UInt8] {
        switch address {
        case .tcp(let host, let port): return Self.authority(host, port, usual: 80)
        case .tls(let host, let port, _): return Self.authority(host, port, usual: 443)
        case .unix: return Array("localhost".utf8)
        }
    }

    private static func authority(_ host: String, _ port: Int, usual: Int) -> [UInt8] {
        let text = host.contains(":") ? "[\(host)]" : host
        return Array((port == usual ? text : "\(text):\(port)").utf8)
    }

    /// - Parameter fresh: an idle connection will not do.
    func acquire(for client: ProxyHandler, fresh: Bool) -> Acquisition {
        switch pool.acquire(fresh: fresh, limit: worker.serving.limits.upstreamConnections) {
        case .reuse(let slot):
            guard let connection = connections[slot] else { return .refused }
            proxy.counters.upstreamReuses &+= 1
            return .connection(connection)
        case .connect(let slot):
            return .opening(open(slot, for: client))
        case .queue(let ticket):
            waiting[ticket] = client
            return .queued(ticket)
        case .refuse: return .refused
        }
    }

    func cancel(_ ticket: UInt64) {
        pool.cancel(ticket: ticket)
        waiting[ticket] = nil
    }

    /// The client is done with the connection.
    func release(_ connection: UpstreamHandler, isReusable: Bool) {
        let isReusable = isReusable && !isRetired && !worker.isDraining && connection.isUsable
        switch pool.released(connection.slot, isReusable: isReusable) {
        case .none: connection.becomeIdle(timeout: worker.serving.limits.upstreamIdleTimeout)
        case .close: connection.close()
        case .handOver(let ticket): handOver(connection, ticket)
        // Only a closed connection makes room for another.
        case .connect: break
        }
    }

    /// The connection is closed.
    func closed(_ connection: UpstreamHandler) {
        guard connections.indices.contains(connection.slot), connections[connection.slot] === connection else { return }
        forget(connection.slot)
    }

    /// The upstream is not configured any more.
    func retire() {
        isRetired = true
        for connection in connections where connection?.isIdle == true { connection?.close() }
    }

    private func forget(_ slot: Int) {
        connections[slot] = nil
        switch pool.closed(slot) {
        case .none, .close, .handOver: break
        case .connect(let next, let ticket):
            guard let client = waiting.removeValue(forKey: ticket) else { return release(unused: next) }
            client.leftQueue(for: open(next, for: client))
        }
    }

    private func release(unused slot: Int) {
        while connections.count <= slot { connections.append(nil) }
        forget(slot)
    }

    private func handOver(_ connection: UpstreamHandler, _ ticket: UInt64) {
        guard let client = waiting.removeValue(forKey: ticket) else {
            return release(connection, isReusable: true)
        }
        client.leftQueue(for: connection)
        connection.client = client
        proxy.counters.upstreamReuses &+= 1
        // Not within the event of the client before, whose output is still in the buffer that all share.
        worker.eventLoop.assumeIsolated().execute { connection.greet(isReused: true) }
    }

    // MARK: Connecting

    private func open(_ slot: Int, for client: ProxyHandler) -> UpstreamHandler {
        while connections.count <= slot { connections.append(nil) }
        let connection = UpstreamHandler(upstream: self, worker: worker, slot: slot)
        connection.client = client
        connections[slot] = connection
        let loop = worker.eventLoop.assumeIsolated()
        connect(connection).assumeIsolated().whenComplete { result in
            // A Unix socket may answer at once, and the caller has not even been told that it must wait.
            loop.execute {
                switch result {
                case .success(let channel): self.opened(connection, channel)
                case .failure(let error): self.failed(connection, error)
                }
            }
        }
        return connection
    }

    private func connect(_ connection: UpstreamHandler) -> EventLoopFuture<any Channel> {
        let loop = worker.eventLoop
        let bound = NIOLoopBound(connection, eventLoop: loop)
        let limit = TimeAmount.nanoseconds(worker.serving.limits.upstreamConnectTimeout)
        let bootstrap = ClientBootstrap(group: loop).connectTimeout(limit)
        guard case .tls(let host, _, let trust) = address else {
            return reach(
                bootstrap.channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(bound.value)
                    }
                }
            )
        }
        let handshake = UpstreamHandshake(on: loop, limit: limit)
        let connected = reach(
            bootstrap.channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(try trust.handler(for: host))
                    try pipeline.addHandler(handshake.handler())
                    try pipeline.addHandler(bound.value)
                }
            }
        )
        return handshake.completes(connected)
    }

    private func reach(_ bootstrap: ClientBootstrap) -> EventLoopFuture<any Channel> {
        switch address {
        case .unix(let path): return bootstrap.connect(unixDomainSocketPath: path)
        case .tcp(let host, let port), .tls(let host, let port, _):
            if let literal = try? SocketAddress(ipAddress: host, port: port) { return bootstrap.connect(to: literal) }
            let lastGood = lastGood
            let loop = worker.eventLoop
            // Names are looked up anew for each connection, on another thread. While that fails, the last answer holds.
            return bootstrap.connect(host: host, port: port).assumeIsolated().flatMapError { error in
                guard let lastGood, (error as? NIOConnectionError)?.connectionErrors.isEmpty == true else {
                    return loop.makeFailedFuture(error)
                }
                return bootstrap.connect(to: lastGood)
            }.nonisolated()
        }
    }

    private func opened(_ connection: UpstreamHandler, _ channel: any Channel) {
        proxy.counters.upstreamConnects &+= 1
        switch address {
        case .tcp, .tls: lastGood = channel.remoteAddress
        case .unix: break
        }
        pool.connected(connection.slot)
        guard connection.client != nil else { return release(connection, isReusable: true) }
        connection.greet(isReused: false)
    }

    private func failed(_ connection: UpstreamHandler, _ error: any Error) {
        proxy.counters.upstreamConnectFailures &+= 1
        let client = connection.client
        connection.client = nil
        closed(connection)
        client?.acquiringFailed(Self.failure(error))
    }

    private static func failure(_ error: any Error) -> ProxyFailure {
        if let error = error as? ChannelError, case .connectTimeout = error { return .timeout }
        if let error = error as? NIOConnectionError {
            return error.connectionErrors.first.map { failure($0.error) } ?? .unavailable
        }
        guard let code = (error as? IOError)?.errnoCode else { return .unavailable }
        switch code {
        case ETIMEDOUT: return .timeout
        // This machine has no port, descriptor or memory left, or the upstream's queue is full (Unix sockets).
        case EADDRNOTAVAIL, EMFILE, ENFILE, ENOBUFS, ENOMEM, EAGAIN: return .overloaded
        default: return .unavailable
        }
    }
}

/// One event loop's.
@available(*, unavailable)
extension Upstream: Sendable {}
