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
    /// The signed word about the last decision, for its upstream; empty where there is none.
    package private(set) var assertion: [UInt8] = []
    private var assertions = AssertionMaker()
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

    package var assertionCounts: AssertionCounts { assertions.counts }

    /// The monotonic clock in nanoseconds, at most a tick old while there are connections: good enough for time limits
    /// of seconds, and no system call for a request.
    private(set) var coarseNow = MonotonicTime.now().nanoseconds

    /// Requests that wait for a key.
    let keyWaits: KeyWaits

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
        keyWaits = KeyWaits(eventLoop: eventLoop)
        authorizer = Authorizer(serving.snapshot, rememberedTokens: serving.limits.rememberedTokens)
        output.reserveCapacity(4096)
    }

    /// Goes over to another state; the next request is decided in it.
    package func install(_ new: Serving) {
        if new.limits.rememberedTokens == serving.limits.rememberedTokens {
            authorizer.replace(new.snapshot)
        } else {
            authorizer = Authorizer(new.snapshot, rememberedTokens: new.limits.rememberedTokens)
        }
        serving = new
        assertion = []
        assertions.forget()
        madeProxy?.servingChanged()
    }

    package var connectionCount: Int { connections.count }

    package var keyWaitCounters: KeyWaitCounters { keyWaits.counters }

    /// Decides and counts, and logs what the policy wants logged. The decision's identity stays in `authorizer` until the
    /// next call.
    package func decide(
        _ request: AuthorizationRequest,
        at door: Door,
        in bytes: Span<UInt8>,
        now: Timestamp
    ) -> Decision {
        let decision = authorizer.decide(request, in: bytes, now: now)
        settle(decision, request, at: door, in: bytes, now: now)
        return decision
    }

    /// The same, where the connection can wait for a key that the token's issuer may have by now.
    /// - Returns: nil where it waits: neither counted nor logged. Ask again when `waiter` is called.
    /// - Parameter wait: the ticket of the wait that this request has had, or that it has now.
    func decide(
        _ request: AuthorizationRequest,
        at door: Door,
        in bytes: Span<UInt8>,
        now: Timestamp,
        waiter: some KeyWaiter,
        _ wait: inout KeyWait
    ) -> Decision? {
        let decision = authorizer.decide(request, in: bytes, now: now)
        if authorizer.missingKey != nil || wait.isOver, waits(waiter, &wait) { return nil }
        settle(decision, request, at: door, in: bytes, now: now)
        return decision
    }

    /// A decision is what the request is answered with: writes the assertion, counts and logs.
    private func settle(
        _ decision: Decision,
        _ request: AuthorizationRequest,
        at door: Door,
        in bytes: Span<UInt8>,
        now: Timestamp
    ) {
        if let plan = serving.assertion { assertion = assertion(plan, decision, request, in: bytes, now: now) }
        record(decision, at: door, method: request.method, in: bytes)
    }

    /// A decision lacks a key, or is the one after a wait. - Returns: whether the request waits.
    private func waits(_ waiter: some KeyWaiter, _ wait: inout KeyWait) -> Bool {
        let missing = authorizer.missingKey
        let access = missing.flatMap { key in
            serving.remoteKeys.indices.contains(key.issuer) ? serving.remoteKeys[key.issuer] : nil
        }
        if wait.isOver {
            wait = .none
            keyWaits.ended(missing, access)
            return false
        }
        guard let missing, let access, let ticket = keyWaits.begin(missing, access, waiter) else { return false }
        wait = .running(ticket)
        return true
    }

    /// Counts and logs a refusal that a door made without asking, such as `metadata_missing`.
    package func refuse(_ reason: Reason, at door: Door, method: Range<Int>, in bytes: Span<UInt8>) -> Decision {
        let decision = Decision(reason)
        authorizer.forgetPlace()
        assertion = []
        record(decision, at: door, method: method, in: bytes)
        return decision
    }

    /// Only of a token that was verified and met its rule: a rule that lets everybody in, or only records, says nothing
    /// of anybody.
    private func assertion(
        _ plan: AssertionPlan,
        _ decision: Decision,
        _ request: AuthorizationRequest,
        in bytes: Span<UInt8>,
        now: Timestamp
    ) -> [UInt8] {
        guard decision.outcome == .allow, decision.shadowReason == nil, decision.issuer != nil,
            case .token(let range, _) = request.credential
        else { return [] }
        return assertions.assertion(
            plan,
            serving.snapshot.policy,
            decision,
            token: bytes.extracting(range),
            identity: authorizer.identity,
            now: now
        )
    }

    private func record(_ decision: Decision, at door: Door, method: Range<Int>, in bytes: Span<UInt8>) {
        counters.count(decision, at: door)
        switch serving.decisionLog {
        case .none: return
        case .denied where decision.outcome == .allow && decision.shadowReason == nil: return
        case .denied, .all:
            log.write(decision, door, method: method, in: bytes, claims: serving.loggedClaims, authorizer)
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
        guard isDraining else { return }
        eventLoop.assumeIsolated().scheduleTask(in: Self.lastChance) { [weak connection] in connection?.drain() }
    }

    func remove(_ connection: any TimedConnection) { connections.remove(connection) }

    /// The process stops: busy connections close after their answer, idle ones after a last chance, since a request may
    /// be on its way or lie in the kernel's buffer, and whoever has just been accepted has sent none yet.
    package func drain() {
        isDraining = true
        eventLoop.assumeIsolated().scheduleTask(in: Self.lastChance) { [self] in
            for connection in connections.all { connection.drain() }
        }
    }

    /// How long an idle connection may still send a request once the process stops.
    static let lastChance = TimeAmount.milliseconds(250)

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
