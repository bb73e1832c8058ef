package import Authorization
package import Gateways
package import HTTPWire
package import NIOCore
internal import Platform

/// Everything that belongs to one event loop: the authorizer, the counters, the connections, and buffers that all its
/// connections share, since only one of them is at work at a time. Used on its event loop only; never locked.
package final class Worker {
    package let eventLoop: any EventLoop
    package private(set) var serving: Serving
    package var authorizer: Authorizer
    package var counters = DecisionCounters()
    /// The head that is being parsed; good until the next one is.
    package var head = RequestHead()
    /// Replies of one batch of requests, while they are put together.
    package var output: [UInt8] = []
    /// What the last batch was sent in; used again once the channel has let go of it.
    private var sendBuffer = ByteBuffer()
    /// Whether the process stops: replies say `Connection: close`.
    package private(set) var isDraining = false

    /// What the proxy's connections share; made on first use.
    package var proxy: ProxyWorker {
        if let madeProxy { return madeProxy }
        let made = ProxyWorker(self)
        madeProxy = made
        return made
    }

    private var madeProxy: ProxyWorker?

    /// The proxy's counters; zero where it has never been used.
    package var proxyCounters: ProxyCounters { madeProxy?.counters ?? ProxyCounters() }

    /// The monotonic clock in nanoseconds, at most a tick old while there are connections: good enough for time limits
    /// of seconds, and no system call for a request.
    private(set) var coarseNow = MonotonicTime.now().nanoseconds

    private let log: any DecisionLog
    private var connections = ConnectionTable()
    private var isTicking = false

    /// Idle and header timeouts are seen to with this grain.
    private static let tick = TimeAmount.seconds(1)

    /// A deadline that comes `timeout` nanoseconds from now at the earliest and two ticks later at the latest.
    func deadline(after timeout: Int64) -> Int64 {
        let (end, overflow) = (coarseNow + Self.tick.nanoseconds).addingReportingOverflow(timeout)
        return overflow ? .max : end
    }

    package init(eventLoop: any EventLoop, serving: Serving, log: any DecisionLog) {
        self.eventLoop = eventLoop
        self.serving = serving
        self.log = log
        authorizer = Authorizer(serving.snapshot)
        output.reserveCapacity(4096)
    }

    /// Goes over to another state; the next request is decided in it.
    package func install(_ new: Serving) {
        authorizer.replace(new.snapshot)
        serving = new
    }

    package var connectionCount: Int { connections.count }

    /// Decides and counts, and logs what the policy wants logged. The decision's identity stays in `authorizer` until the
    /// next call.
    package func decide(
        _ request: AuthorizationRequest,
        at door: Door,
        in bytes: Span<UInt8>,
        now: Timestamp
    ) -> Decision {
        let decision = authorizer.decide(request, in: bytes, now: now)
        record(decision, at: door, method: request.method, in: bytes)
        return decision
    }

    /// Counts and logs a refusal that a door made without asking, such as `metadata_missing`.
    package func refuse(_ reason: Reason, at door: Door, method: Range<Int>, in bytes: Span<UInt8>) -> Decision {
        let decision = Decision(reason)
        authorizer.forgetPlace()
        record(decision, at: door, method: method, in: bytes)
        return decision
    }

    private func record(_ decision: Decision, at door: Door, method: Range<Int>, in bytes: Span<UInt8>) {
        counters.count(decision, at: door)
        switch serving.decisionLog {
        case .none: return
        case .denied where decision.outcome == .allow && decision.shadowReason == nil: return
        case .denied, .all: log.write(decision, door, method: method, in: bytes, authorizer)
        }
    }

    /// The output as a buffer to write. Allocates nothing while the channels keep up.
    package func takeOutput() -> ByteBuffer {
        sendBuffer.clear()
        sendBuffer.writeBytes(output)
        output.removeAll(keepingCapacity: true)
        return sendBuffer
    }

    func insert(_ connection: any TimedConnection) {
        if !isTicking { coarseNow = MonotonicTime.now().nanoseconds }
        connections.insert(connection)
        scheduleTick()
        if isDraining { connection.drain() }
    }

    func remove(_ connection: any TimedConnection) { connections.remove(connection) }

    /// The process stops: idle connections close now, busy ones after their answer.
    package func drain() {
        isDraining = true
        for connection in connections.all { connection.drain() }
    }

    /// Closes what is left when the drain's time is over.
    package func closeAll() {
        for connection in connections.all { connection.timeIsOver() }
    }

    private func scheduleTick() {
        guard !isTicking else { return }
        isTicking = true
        eventLoop.assumeIsolated().scheduleTask(in: Self.tick) { self.onTick() }
    }

    private func onTick() {
        isTicking = false
        coarseNow = MonotonicTime.now().nanoseconds
        for connection in connections.overdue(at: coarseNow) { connection.timeIsOver() }
        if connections.count > 0 { scheduleTick() }
    }
}

/// One event loop's.
@available(*, unavailable)
extension Worker: Sendable {}
