/// A key that verifies, bound to its algorithms when it is loaded (RFC 8725 §3.1): a token's header can only select among
/// them.
package struct VerificationKey: Sendable {
    package enum Material: Sendable {
        case secret(SecretKeyBytes)
        case publicKey(PublicKey)
    }

    /// The key's name (RFC 7517 §4.5); nil for a key without one, such as a line of a text file.
    package let keyID: String?
    /// Only algorithms that the material can serve.
    package let algorithms: Set<SignatureAlgorithm>
    package let material: Material

    package init(keyID: String?, algorithms: Set<SignatureAlgorithm>, material: Material) {
        self.keyID = keyID
        self.algorithms = algorithms
        self.material = material
    }

    /// Whether the two have the same name, algorithms and bytes, so that a reload changes nothing.
    package func isSame(as other: VerificationKey) -> Bool {
        keyID == other.keyID && algorithms == other.algorithms && hasSameMaterial(as: other)
    }

    /// Whether the two verify the same signatures, whatever they are called.
    package func hasSameMaterial(as other: VerificationKey) -> Bool {
        switch (material, other.material) {
        case (.secret(let mine), .secret(let theirs)): mine.hasSameBytes(as: theirs)
        case (.publicKey(let mine), .publicKey(let theirs)): mine == theirs
        case (.secret, .publicKey), (.publicKey, .secret): false
        }
    }
}
