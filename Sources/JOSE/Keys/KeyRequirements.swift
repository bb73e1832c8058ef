/// What a key must be to be loaded for an issuer.
package struct KeyRequirements: Sendable, Equatable {
    /// The issuer's algorithms: HMAC or public-key ones, never both in one issuer.
    package var algorithms: [SignatureAlgorithm]
    /// The least length of an HMAC secret in bytes; nil: the longest hash among the HMAC algorithms (RFC 7518 §3.2).
    package var minimumSecretBytes: Int?
    /// How many keys one file may hold.
    package var maximumKeys: Int
    /// How many keys without a name one file may hold: all of them are tried for a token.
    package var maximumUnnamedKeys: Int
    /// Whether a secret that stands in a public list is loaded, with a warning, rather than refused. For tests and for
    /// demonstrations.
    package var allowsPublishedSecrets: Bool
    /// Whether a broken key of a set is passed over (RFC 7517 §5) rather than the whole set refused. For sets that come
    /// over the network, where one bad key of somebody else's must not take the good ones away; in a file of the
    /// operator's own a mistake is to be seen.
    package var skipsBrokenKeys: Bool

    package init(
        algorithms: [SignatureAlgorithm],
        minimumSecretBytes: Int? = nil,
        maximumKeys: Int = 1000,
        maximumUnnamedKeys: Int = 4,
        allowsPublishedSecrets: Bool = false,
        skipsBrokenKeys: Bool = false
    ) {
        self.algorithms = algorithms
        self.minimumSecretBytes = minimumSecretBytes
        self.maximumKeys = maximumKeys
        self.maximumUnnamedKeys = maximumUnnamedKeys
        self.allowsPublishedSecrets = allowsPublishedSecrets
        self.skipsBrokenKeys = skipsBrokenKeys
    }

    /// The least length of an HMAC secret in bytes.
    package var leastSecretBytes: Int {
        minimumSecretBytes ?? algorithms.filter(\.isSymmetric).map(\.digestBytes).max() ?? 0
    }

    /// Whether a secret can serve the issuer.
    var takesSecrets: Bool { algorithms.contains { $0.isSymmetric } }
    /// Whether a public key can serve the issuer.
    var takesPublicKeys: Bool { algorithms.contains { !$0.isSymmetric } }
}
