extension Settings {
    /// What the contract has and this version cannot serve: better refused at start than accepted without effect.
    package func unsupported() -> [ConfigurationError] {
        var origins: [ConfigurationOrigin] = []
        origins += listeners.proxy.compactMap { $0.tls?.origin }
        origins += upstreams.compactMap { upstream in
            if case .https = upstream.address { upstream.origin } else { nil }
        }
        return origins.map { $0.error(.notSupported, "not supported by this version yet") }
    }
}
