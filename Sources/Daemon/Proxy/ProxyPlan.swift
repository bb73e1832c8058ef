internal import Authorization
internal import Gateways
internal import HTTPWire

/// What the proxy makes of one state of serving: compiled once, used for every request until another is installed.
final class ProxyPlan {
    let serving: Serving
    let replies: ProxyReplies
    let answerHeads = ClientHeadBuilder()
    /// The names of the identity headers, in the order of the policy.
    let identityNames: [[UInt8]]
    /// What a client may not send.
    let stripped: FoldedNameSet
    /// One for each rule; nil where the rule has no upstream.
    private let routes: [ProxyRoute?]

    /// - Parameter upstream: gives the pool for an address.
    init(_ serving: Serving, upstream: (UpstreamAddress) -> Upstream) {
        self.serving = serving
        let policy = serving.snapshot.policy
        replies = ProxyReplies(policy: policy, challenge: serving.challenge)
        identityNames = policy.identityHeaders.map { Array($0.header.utf8) }
        let stripped = FoldedNameSet(policy.identityHeaders.map(\.header) + ReservedHeaders.identity)
        self.stripped = stripped
        let only = serving.upstreams.count == 1 ? serving.upstreams.first?.value : nil
        routes = policy.rules.map { rule in
            let address = rule.upstream.map { serving.upstreams[$0] } ?? only
            return address.map { ProxyRoute(upstream: upstream($0), stripped: stripped) }
        }
    }

    /// The way of requests that `rule` allowed.
    func route(of rule: Int) -> ProxyRoute? { routes.indices.contains(rule) ? routes[rule] : nil }

    /// Whether the plan holds for `other` too: keys play no part in it.
    func holds(for other: Serving) -> Bool {
        other === serving
            || (other.snapshot.policy == serving.snapshot.policy && other.upstreams == serving.upstreams
                && other.challenge.realm == serving.challenge.realm)
    }
}

/// One event loop's.
@available(*, unavailable)
extension ProxyPlan: Sendable {}
