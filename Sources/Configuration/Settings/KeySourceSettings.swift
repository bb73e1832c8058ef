package import Authorization
package import JOSE

/// Where the keys of one issuer come from.
package struct KeySourceSettings: Sendable, Equatable {
    package enum Source: Sendable, Equatable {
        /// A path; relative only where the configuration file's own path is.
        case file(String)
        case directory(String)
        /// Fetched over the network, and again and again.
        case remote(RemoteKeySettings)
    }

    package let source: Source
    /// Seconds that a key which left the source still counts; 0: none.
    package let overlap: Double
    /// nil: as long as the algorithm's hash (RFC 7518 §3.2).
    package let minimumSecretBytes: Int?
    /// Whether secrets that everybody can look up are taken, with a warning each time they are loaded, or refused.
    package let allowsPublishedSecrets: Bool
    package let origin: ConfigurationOrigin

    package init(
        source: Source,
        overlap: Double = 0,
        minimumSecretBytes: Int? = nil,
        allowsPublishedSecrets: Bool = true,
        origin: ConfigurationOrigin
    ) {
        self.source = source
        self.overlap = overlap
        self.minimumSecretBytes = minimumSecretBytes
        self.allowsPublishedSecrets = allowsPublishedSecrets
        self.origin = origin
    }

    /// What a key must be to be loaded for `issuer`.
    package func requirements(for issuer: IssuerPolicy) -> KeyRequirements {
        KeyRequirements(
            algorithms: issuer.algorithms,
            minimumSecretBytes: minimumSecretBytes,
            allowsPublishedSecrets: allowsPublishedSecrets,
            // RFC 7517 §5: a set of public keys is often somebody else's, and one bad key takes no good one away. A
            // mistake among one's own secrets is to be seen.
            skipsBrokenKeys: !issuer.algorithms.contains(where: \.isSymmetric)
        )
    }
}
