internal import JOSE
internal import StrictJSON

/// A header and claims of the fuzzer's with the signature that its `alg` asks for.
struct SignedToken {
    let parts: TokenParts
    let token: [UInt8]
    /// The same with one bit of the signature changed.
    let broken: [UInt8]

    /// - Returns: nil where the header names no algorithm that the world has a key to sign with.
    init?(_ parts: TokenParts, _ world: FuzzWorld) {
        let input = parts.signingInput
        guard let header = try? JSONValue(parsing: parts.header.span),
            let algorithm = header["alg"]?.string.flatMap({ SignatureAlgorithm(rawValue: $0) }),
            let signature = Self.signature(input, algorithm, world)
        else { return nil }
        var changed = signature
        changed[input.count % changed.count] ^= 0x10
        self.parts = parts
        token = TokenParts.token(input, signature)
        broken = TokenParts.token(input, changed)
    }

    private static func signature(
        _ input: [UInt8],
        _ algorithm: SignatureAlgorithm,
        _ world: FuzzWorld
    ) -> [UInt8]? {
        if algorithm == .edDSA || algorithm == .ed25519 { return world.privateKey.sign(input.span) }
        let context = MACContext(key: world.secret, algorithm: algorithm)
        return context.flatMap { $0.sign(input.span, input: 0..<input.count) }
    }
}
