/// What a key must be to be loaded for an issuer.
package struct KeyRequirements: Sendable, Equatable {
    /// The issuer's algorithms, all of one family.
    package var algorithms: [SignatureAlgorithm]
    /// The least length of an HMAC secret in bytes; nil: the longest hash among the algorithms (RFC 7518 §3.2).
    package var minimumSecretBytes: Int?
    /// How many keys one file may hold.
    package var maximumKeys: Int
    /// How many keys without a name one file may hold: all of them are tried for a token.
    package var maximumUnnamedKeys: Int

    package init(
        algorithms: [SignatureAlgorithm],
        minimumSecretBytes: Int? = nil,
        maximumKeys: Int = 1000,
        maximumUnnamedKeys: Int = 4
    ) {
        self.algorithms = algorithms
        self.minimumSecretBytes = minimumSecretBytes
        self.maximumKeys = maximumKeys
        self.maximumUnnamedKeys = maximumUnnamedKeys
    }

    package var leastSecretBytes: Int {
        minimumSecretBytes ?? algorithms.map(\.digestBytes).max() ?? 0
    }
}
