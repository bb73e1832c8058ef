internal import Authorization
internal import Gateways
internal import HTTPWire

/// What the proxy makes of one state of serving: compiled once, used for every request until another is installed.
///
/// It holds no keys and no revocations, so that those of a state that is over are let go at once.
final class ProxyPlan {
    private let policy: Policy
    private let upstreams: [String: UpstreamAddress]
    private let realm: String
    private let assertionHeader: String?
    let replies: ProxyReplies
    let answerHeads = ClientHeadBuilder()
    /// The names of the identity headers of all rules, in the order of the authorizer's values.
    let identityNames: [[UInt8]]
    /// The name of the field that carries the assertion; nil where there are none.
    let assertionName: [UInt8]?
    /// What a client may not send.
    let stripped: FoldedNameSet
    /// One for each rule; nil where the rule has no upstream.
    private let routes: [ProxyRoute?]

    /// - Parameter upstream: gives the pool for an address.
    init(_ serving: Serving, upstream: (UpstreamAddress) -> Upstream) {
        let policy = serving.snapshot.policy
        self.policy = policy
        upstreams = serving.upstreams
        realm = serving.challenge.realm
        assertionHeader = serving.assertion?.header
        assertionName = assertionHeader.map { Array($0.utf8) }
        replies = ProxyReplies(policy: policy, challenge: serving.challenge)
        let names = policy.identityHeaderNames
        identityNames = names.map { Array($0.utf8) }
        let own = assertionHeader.map { [$0] } ?? []
        let stripped = FoldedNameSet(names + own + ReservedHeaders.identity + ReservedHeaders.methodOverride)
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
        other.snapshot.policy == policy && other.upstreams == upstreams && other.challenge.realm == realm
            && other.assertion?.header == assertionHeader
    }
}

/// One event loop's.
@available(*, unavailable)
extension ProxyPlan: Sendable {}
