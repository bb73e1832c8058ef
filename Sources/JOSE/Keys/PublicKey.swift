internal import COpenSSL

/// A public key that has been found sound. Immutable; event loops share it.
package final class PublicKey: Sendable {
    /// What the key is, which fixes the algorithms that it can serve (RFC 7518 §3.3–§3.5, RFC 8037 §3.1).
    package enum Kind: Sendable, Equatable {
        case rsa(modulusBytes: Int)
        case p256, p384, p521
        case ed25519, ed448
    }

    package let kind: Kind
    /// SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) in DER: two keys are the same key when these bytes are the same.
    package let encoded: [UInt8]
    private let handle: KeyHandle

    /// Reads a SubjectPublicKeyInfo in DER, the one way by which keys come in: JWK, PEM and certificates are brought into
    /// this form.
    ///
    /// Refused are encodings other than the one that libcrypto writes (so no BER, no bytes behind the key, no curves
    /// described by their numbers, no compressed points), key types that no algorithm uses, RSA keys below 2048 bits or
    /// above 8192 or with a bad exponent or a telling modulus, and points that are not on their curve or of small order.
    /// - Parameter position: the key's place in its file, for the error; 0: none.
    package init(encoded bytes: Span<UInt8>, position: Int = 0) throws(KeyError) {
        defer { ERR_clear_error() }
        // An RSA key of 8192 bits takes 1062.
        guard bytes.count <= 2048, let handle = KeyHandle.publicKey(bytes), let encoded = handle.encodePublicKey()
        else {
            throw KeyError(.badEncoding, "its public key cannot be read", position: position)
        }
        guard let kind = Self.kind(of: handle) else {
            throw KeyError(.unsupportedKeyType, "a public key of a type that no algorithm uses", position: position)
        }
        guard Self.hasSameBytes(encoded, bytes), Self.isLengthRight(encoded, kind) else {
            throw KeyError(.badEncoding, "its public key is not in its one right encoding", position: position)
        }
        if let refusal = Self.refusal(handle, kind, encoded) {
            throw KeyError(.unsoundKey, refusal, position: position)
        }
        self.handle = handle
        self.kind = kind
        self.encoded = encoded
    }

    /// libcrypto's key, which lives as long as self.
    @unsafe var pointer: OpaquePointer { unsafe handle.pointer }

    /// The algorithms that the key can serve.
    package var algorithms: Set<SignatureAlgorithm> {
        kind.curve?.algorithms ?? [.rs256, .rs384, .rs512, .ps256, .ps384, .ps512]
    }

    /// The only length that a signature by this key may have, in bytes.
    package var signatureBytes: Int {
        switch kind {
        case .rsa(let modulusBytes): modulusBytes
        case .p256: 64
        case .p384: 96
        case .p521: 132
        case .ed25519: 64
        case .ed448: 114
        }
    }

    private static func kind(of key: KeyHandle) -> Kind? {
        switch unsafe EVP_PKEY_get_base_id(key.pointer) {
        case EVP_PKEY_RSA: return unsafe .rsa(modulusBytes: (Int(EVP_PKEY_get_bits(key.pointer)) + 7) / 8)
        case EVP_PKEY_ED25519: return .ed25519
        case EVP_PKEY_ED448: return .ed448
        case EVP_PKEY_EC: return key.groupName.flatMap { Curve(groupName: $0) }.map { Kind($0) }
        default: return nil
        }
    }

    private static func hasSameBytes(_ left: [UInt8], _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        for index in left.indices where left[index] != right[index] { return false }
        return true
    }

    /// A named curve and an uncompressed point have one length only.
    private static func isLengthRight(_ encoded: [UInt8], _ kind: Kind) -> Bool {
        guard let curve = kind.curve else { return true }
        let point = curve.isEdwards ? curve.coordinateBytes : 1 + 2 * curve.coordinateBytes
        return encoded.count == SubjectPublicKeyInfo.prefix(curve).count + point
    }

    private static func refusal(_ key: KeyHandle, _ kind: Kind, _ encoded: [UInt8]) -> String? {
        guard let curve = kind.curve else { return RSAModulus.refusal(key) }
        if curve.isEdwards { return EdwardsPoint.refusal(Array(encoded.suffix(curve.coordinateBytes)), on: curve) }
        return key.isPublicPartSound ? nil : "its point is not on the curve"
    }
}

extension PublicKey: Equatable {
    package static func == (left: PublicKey, right: PublicKey) -> Bool { left.encoded == right.encoded }
}

extension PublicKey.Kind {
    init(_ curve: Curve) {
        self =
            switch curve {
            case .p256: .p256
            case .p384: .p384
            case .p521: .p521
            case .ed25519: .ed25519
            case .ed448: .ed448
            }
    }

    /// nil for RSA.
    var curve: Curve? {
        switch self {
        case .rsa: nil
        case .p256: .p256
        case .p384: .p384
        case .p521: .p521
        case .ed25519: .ed25519
        case .ed448: .ed448
        }
    }
}
