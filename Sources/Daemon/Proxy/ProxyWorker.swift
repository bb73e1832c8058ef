internal import HTTPWire
internal import NIOCore

/// What the proxy's connections of one event loop share: upstream pools, counters, and buffers, since only one connection
/// is at work at a time. Used on its event loop only.
package final class ProxyWorker {
    package var counters = ProxyCounters()

    private unowned let worker: Worker
    private var upstreams: [UpstreamAddress: Upstream] = [:]
    private var current: ProxyPlan?
    /// Whether another state of serving was installed since `current` was last compared.
    private var isStale = false

    /// A head that is being written.
    var scratch: [UInt8] = []
    /// The answer head that is being parsed; good until the next one is.
    var answerHead = ResponseHead()
    /// What goes to the client at the end of the present event.
    var output: ByteBuffer
    /// A piece of a body on its way to an upstream.
    var requestOutput = ByteBuffer()

    /// - Parameter worker: of the same event loop; it must live as long.
    package init(_ worker: Worker) {
        self.worker = worker
        scratch.reserveCapacity(2048)
        output = ByteBuffer()
        output.reserveCapacity(4096)
    }

    /// What holds at this moment. Requests that are on their way keep what they began with.
    var plan: ProxyPlan {
        let serving = worker.serving
        if let current, !isStale { return current }
        isStale = false
        if let current, current.holds(for: serving) { return current }
        let plan = ProxyPlan(serving) { upstream($0) }
        current = plan
        // Upstreams that are gone from the configuration: their idle connections go now, busy ones after their answer.
        let addresses = Set(serving.upstreams.values)
        for (address, upstream) in upstreams where !addresses.contains(address) {
            upstream.retire()
            upstreams[address] = nil
        }
        return plan
    }

    /// Another state of serving was installed; it is looked at with the next request.
    func servingChanged() { isStale = true }

    private func upstream(_ address: UpstreamAddress) -> Upstream {
        if let known = upstreams[address] { return known }
        let upstream = Upstream(address, worker: worker, proxy: self)
        upstreams[address] = upstream
        return upstream
    }
}

/// One event loop's.
@available(*, unavailable)
extension ProxyWorker: Sendable {}
