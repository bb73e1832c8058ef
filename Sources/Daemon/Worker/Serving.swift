package import Authorization
package import Gateways

/// What every event loop serves at one moment: immutable, published whole, replaced whole.
package final class Serving: Sendable {
    package let snapshot: AuthorizationSnapshot
    package let challenge: Challenge
    /// Prepared replies of the decision endpoint for the snapshot's policy.
    package let replies: DecisionReplies
    package let limits: ServingLimits
    package let decisionLog: DecisionLogPolicy
    /// Which claims of a verified token stand in its decision's line.
    package let loggedClaims: [ClaimPath]
    /// The upstreams of the proxy by name; empty where there is no proxy.
    package let upstreams: [String: UpstreamAddress]
    /// nil: nothing is asserted to upstreams.
    package let assertion: AssertionPlan?
    /// How unknown keys are searched for: one for each issuer, in the policy's order; nil for keys in files.
    package let remoteKeys: [RemoteKeyAccess?]

    package init(
        snapshot: AuthorizationSnapshot,
        realm: String,
        limits: ServingLimits,
        decisionLog: DecisionLogPolicy,
        loggedClaims: [ClaimPath] = [],
        upstreams: [String: UpstreamAddress] = [:],
        assertion: AssertionPlan? = nil,
        remoteKeys: [RemoteKeyAccess?] = []
    ) {
        self.snapshot = snapshot
        challenge = Challenge(realm: realm)
        replies = DecisionReplies(
            policy: snapshot.policy,
            challenge: challenge,
            assertionHeader: assertion?.header
        )
        self.limits = limits
        self.decisionLog = decisionLog
        self.loggedClaims = loggedClaims
        self.upstreams = upstreams
        self.assertion = assertion
        self.remoteKeys = remoteKeys
    }

    private init(_ other: Serving, snapshot: AuthorizationSnapshot) {
        self.snapshot = snapshot
        challenge = other.challenge
        replies = other.replies
        limits = other.limits
        decisionLog = other.decisionLog
        loggedClaims = other.loggedClaims
        upstreams = other.upstreams
        assertion = other.assertion
        remoteKeys = other.remoteKeys
    }

    /// The same with other keys; the policy is the same, so its prepared replies are too.
    package func with(snapshot: AuthorizationSnapshot) -> Serving { Serving(self, snapshot: snapshot) }
}

/// Which decisions are logged.
package enum DecisionLogPolicy: Sendable, Equatable {
    case all, denied, none
}

/// Where an upstream listens.
package enum UpstreamAddress: Sendable, Hashable {
    /// An IP literal or a host name.
    case tcp(host: String, port: Int)
    case unix(path: String)
    /// The same as `tcp`, over TLS.
    case tls(host: String, port: Int, trust: UpstreamTrust)
}
