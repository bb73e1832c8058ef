/// Writes public keys down as SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) in DER, for `PublicKey` to read and judge.
enum SubjectPublicKeyInfo {
    /// RFC 3279 §2.3.1. Both numbers without leading zeros.
    static func rsa(modulus: [UInt8], exponent: [UInt8]) -> [UInt8] {
        rsa(publicKey: element(0x30, integer(modulus) + integer(exponent)))
    }

    /// - Parameter publicKey: the RSAPublicKey of PKCS #1 (RFC 8017 §A.1.1) in DER.
    static func rsa(publicKey: [UInt8]) -> [UInt8] {
        // rsaEncryption, NULL
        let algorithm: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00]
        return element(0x30, element(0x30, algorithm) + element(0x03, [0] + publicKey))
    }

    /// RFC 5480 §2.2, uncompressed. Both coordinates of the curve's full length.
    static func point(x: [UInt8], y: [UInt8], on curve: Curve) -> [UInt8] { prefix(curve) + [0x04] + x + y }

    /// RFC 8410 §4. The key of the curve's full length.
    static func edwards(_ key: [UInt8], on curve: Curve) -> [UInt8] { prefix(curve) + key }

    /// Everything before the point, which depends on the curve alone.
    static func prefix(_ curve: Curve) -> [UInt8] {
        switch curve {
        case .p256:
            [0x30, 0x59, 0x30, 0x13] + ecPublicKey + [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
                + [0x03, 0x42, 0x00]
        case .p384:
            [0x30, 0x76, 0x30, 0x10] + ecPublicKey + [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22]
                + [0x03, 0x62, 0x00]
        case .p521:
            [0x30, 0x81, 0x9B, 0x30, 0x10] + ecPublicKey + [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23]
                + [0x03, 0x81, 0x86, 0x00]
        case .ed25519: [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
        case .ed448: [0x30, 0x43, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x71, 0x03, 0x3A, 0x00]
        }
    }

    private static let ecPublicKey: [UInt8] = [0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]

    /// A first bit that is set takes a zero before it, since INTEGER is signed.
    private static func integer(_ number: [UInt8]) -> [UInt8] {
        element(0x02, (number.first ?? 0) >= 0x80 ? [0] + number : number)
    }

    /// Tag, length and content of at most 65 535 bytes.
    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        switch content.count {
        case ..<0x80: [tag, UInt8(content.count)] + content
        case ..<0x100: [tag, 0x81, UInt8(content.count)] + content
        default: [tag, 0x82, UInt8(content.count >> 8 & 0xFF), UInt8(content.count & 0xFF)] + content
        }
    }
}
