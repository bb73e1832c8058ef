/// One event loop's counters of the proxy: plain integers, summed when somebody asks.
package struct ProxyCounters: Sendable, Equatable {
    /// Answers of upstreams that were passed on, by the hundreds of their status, from 100.
    private var forwarded = [UInt64](repeating: 0, count: 5)
    /// Answers made here, denials and failures, by the hundreds of their status, from 100.
    private var local = [UInt64](repeating: 0, count: 5)
    /// Requests that were approved and have neither been answered nor given up.
    package var activeRequests: UInt64 = 0
    package var upstreamConnects: UInt64 = 0
    package var upstreamConnectFailures: UInt64 = 0
    package var upstreamReuses: UInt64 = 0
    package var upstreamRetries: UInt64 = 0
    package var upstreamTimeouts: UInt64 = 0
    /// Idle upstream connections that sent something nobody asked for.
    package var upstreamUnsolicited: UInt64 = 0
    /// Exchanges that were given up because the client went away.
    package var clientAborts: UInt64 = 0
    /// Answers that were cut because the upstream's was.
    package var upstreamAborts: UInt64 = 0
    /// Client connections whose bytes were refused.
    package var refusals: UInt64 = 0
    /// Bytes received from clients and sent to them, heads included.
    package var bytesIn: UInt64 = 0
    package var bytesOut: UInt64 = 0

    package init() {}

    mutating func countForwarded(status: UInt16) { forwarded[Self.place(status)] &+= 1 }

    mutating func countLocal(status: UInt16) { local[Self.place(status)] &+= 1 }

    package mutating func add(_ other: ProxyCounters) {
        for index in forwarded.indices { forwarded[index] &+= other.forwarded[index] }
        for index in local.indices { local[index] &+= other.local[index] }
        activeRequests &+= other.activeRequests
        upstreamConnects &+= other.upstreamConnects
        upstreamConnectFailures &+= other.upstreamConnectFailures
        upstreamReuses &+= other.upstreamReuses
        upstreamRetries &+= other.upstreamRetries
        upstreamTimeouts &+= other.upstreamTimeouts
        upstreamUnsolicited &+= other.upstreamUnsolicited
        clientAborts &+= other.clientAborts
        upstreamAborts &+= other.upstreamAborts
        refusals &+= other.refusals
        bytesIn &+= other.bytesIn
        bytesOut &+= other.bytesOut
    }

    /// Names, labels as Prometheus writes them (empty: none), and values. All but `authd_proxy_active_requests` only rise.
    package func metrics() -> [(name: String, labels: String, value: UInt64)] {
        var all: [(name: String, labels: String, value: UInt64)] = []
        for (index, value) in forwarded.enumerated() {
            all.append(("authd_proxy_responses_total", #"from="upstream",status="\#(index + 1)xx""#, value))
        }
        for (index, value) in local.enumerated() {
            all.append(("authd_proxy_responses_total", #"from="authd",status="\#(index + 1)xx""#, value))
        }
        all.append(("authd_proxy_active_requests", "", activeRequests))
        all.append(("authd_proxy_upstream_connects_total", "", upstreamConnects))
        all.append(("authd_proxy_upstream_connect_failures_total", "", upstreamConnectFailures))
        all.append(("authd_proxy_upstream_reuses_total", "", upstreamReuses))
        all.append(("authd_proxy_upstream_retries_total", "", upstreamRetries))
        all.append(("authd_proxy_upstream_timeouts_total", "", upstreamTimeouts))
        all.append(("authd_proxy_upstream_unsolicited_total", "", upstreamUnsolicited))
        all.append(("authd_proxy_aborts_total", #"by="client""#, clientAborts))
        all.append(("authd_proxy_aborts_total", #"by="upstream""#, upstreamAborts))
        all.append(("authd_proxy_refusals_total", "", refusals))
        all.append(("authd_proxy_bytes_total", #"direction="in""#, bytesIn))
        all.append(("authd_proxy_bytes_total", #"direction="out""#, bytesOut))
        return all
    }

    private static func place(_ status: UInt16) -> Int { min(max(Int(status) / 100 - 1, 0), 4) }
}
