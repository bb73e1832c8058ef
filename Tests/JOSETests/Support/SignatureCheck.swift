import JOSE

extension VerificationKey {
    /// Whether the key verifies `signature` over `message` under `algorithm`; false where it cannot serve that one.
    func verifies(_ algorithm: SignatureAlgorithm, _ message: [UInt8], _ signature: [UInt8]) -> Bool {
        guard let verifier = SignatureVerifier(self, algorithm: algorithm) else { return false }
        return verifier.verify(message.span, input: 0..<message.count, signature: signature.span)
    }
}

extension LoadedKeys {
    /// The file's only key.
    var only: VerificationKey? { file?.keys.count == 1 ? file?.keys.first : nil }
}
