internal import HTTPWire

/// Where the approved requests of a rule go, and how their heads are written.
final class ProxyRoute {
    let upstream: Upstream
    let heads: UpstreamHeadBuilder

    init(upstream: Upstream, stripped: FoldedNameSet) {
        self.upstream = upstream
        heads = UpstreamHeadBuilder(stripped: stripped, fallbackHost: upstream.authority)
    }
}

/// One event loop's.
@available(*, unavailable)
extension ProxyRoute: Sendable {}
