package import Authorization
package import JOSE

/// Where the keys of one issuer come from.
package struct KeySourceSettings: Sendable, Equatable {
    package enum Source: Sendable, Equatable {
        /// A path; relative only where the configuration file's own path is.
        case file(String)
        case directory(String)
        /// An `https` URL without user information and fragment.
        case jwksURL(String)
    }

    package let source: Source
    /// Seconds that a key which left the source still counts; 0: none.
    package let overlap: Double
    /// nil: as long as the algorithm's hash (RFC 7518 §3.2).
    package let minimumSecretBytes: Int?
    package let origin: ConfigurationOrigin

    package init(
        source: Source,
        overlap: Double = 0,
        minimumSecretBytes: Int? = nil,
        origin: ConfigurationOrigin
    ) {
        self.source = source
        self.overlap = overlap
        self.minimumSecretBytes = minimumSecretBytes
        self.origin = origin
    }

    /// What a key must be to be loaded for `issuer`.
    package func requirements(for issuer: IssuerPolicy) -> KeyRequirements {
        KeyRequirements(algorithms: issuer.algorithms, minimumSecretBytes: minimumSecretBytes)
    }
}
