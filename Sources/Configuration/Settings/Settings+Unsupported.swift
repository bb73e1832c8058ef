extension Settings {
    /// What the contract has and this version cannot serve: better refused at start than accepted without effect.
    package func unsupported() -> [ConfigurationError] {
        var origins: [ConfigurationOrigin] = []
        origins += listeners.proxy.compactMap { $0.tls?.origin }
        origins += keySources.compactMap { source in
            if case .jwksURL = source.source { source.origin } else { nil }
        }
        origins += upstreams.compactMap { upstream in
            if case .https = upstream.address { upstream.origin } else { nil }
        }
        origins += revocations.map { [$0.origin] } ?? []
        return origins.map { $0.error(.notSupported, "not supported by this version yet") }
    }
}
