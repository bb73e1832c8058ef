/// The key that a decision lacked: its token names a key that its issuer does not have. For looking whether the issuer has
/// it by now; it holds nothing of the token but a hash, which is another one in each process.
package struct MissingKey: Sendable, Equatable {
    /// The index of the policy's issuer.
    package let issuer: Int
    /// The hash of the `kid`.
    package let name: UInt64

    package init(issuer: Int, name: UInt64) {
        self.issuer = issuer
        self.name = name
    }

    init(issuer: Int, keyID: Span<UInt8>) {
        var hasher = Hasher()
        for index in 0..<keyID.count { hasher.combine(keyID[index]) }
        self.init(issuer: issuer, name: UInt64(bitPattern: Int64(hasher.finalize())))
    }
}
