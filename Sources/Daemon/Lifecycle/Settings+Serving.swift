internal import Authorization
internal import Configuration
internal import HTTPWire

extension Settings {
    /// What the event loops serve under these settings with these keys.
    func serving(
        keyRings: [KeyRing?],
        remoteKeys: [RemoteKeyAccess?] = [],
        revocations: RevocationTable? = nil,
        assertion: AssertionPlan? = nil,
        trusts: UpstreamTrusts,
        generation: UInt64
    ) -> Serving {
        Serving(
            snapshot: AuthorizationSnapshot(
                policy: policy,
                keyRings: keyRings,
                revocations: revocations,
                generation: generation
            ),
            realm: realm,
            limits: limits.serving,
            decisionLog: log.decisions.policy,
            loggedClaims: log.claims,
            upstreams: Dictionary(
                uniqueKeysWithValues: upstreams.compactMap { upstream in
                    upstream.address(trusts).map { (upstream.name, $0) }
                }
            ),
            assertion: assertion,
            remoteKeys: remoteKeys
        )
    }
}

extension LimitSettings {
    var serving: ServingLimits {
        var limits = ServingLimits()
        limits.head = HeadLimits(startLineBytes: min(8192, headBytes), headBytes: headBytes, fields: fields)
        limits.bodyDrainBytes = bodyDrainBytes
        limits.connections = connections
        limits.headerTimeout = headerTimeout.nanoseconds
        limits.idleTimeout = idleTimeout.nanoseconds
        limits.upstreamConnectTimeout = upstreamConnectTimeout.nanoseconds
        limits.upstreamResponseTimeout = upstreamResponseTimeout.nanoseconds
        limits.upstreamIdleTimeout = upstreamIdleTimeout.nanoseconds
        limits.upstreamConnections = upstreamConnections
        limits.rememberedTokens = rememberedTokens
        return limits
    }
}

extension LogSettings.Decisions {
    var policy: DecisionLogPolicy {
        switch self {
        case .all: .all
        case .denied: .denied
        case .none: .none
        }
    }
}

extension UpstreamSettings {
    /// nil where TLS is asked for that was not prepared: then nothing is sent, least of all in plain text.
    fileprivate func address(_ trusts: UpstreamTrusts) -> UpstreamAddress? {
        switch address {
        case .http(let host, let port): .tcp(host: host, port: port)
        case .unix(let path): .unix(path: path)
        case .https(let host, let port): trusts.trust(self).map { .tls(host: host, port: port, trust: $0) }
        }
    }
}

extension Duration {
    /// Whole nanoseconds; at the end of the scale it stays there.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : whole.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue
    }
}
