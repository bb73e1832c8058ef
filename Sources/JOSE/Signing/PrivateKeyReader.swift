internal import COpenSSL
internal import StrictJSON

/// Reads the files that a private key stands in. Every copy of a secret that is made here is wiped here.
enum PrivateKeyReader {
    static func read(_ bytes: Span<UInt8>) throws(KeyError) -> KeyHandle {
        var start = 0
        while start < bytes.count, bytes[start] <= 0x20 { start += 1 }
        guard start < bytes.count else { throw KeyError(.empty, "the file is empty") }
        return bytes[start] == UInt8(ascii: "{") ? try readJWK(bytes) : try readPEM(bytes)
    }

    private static func readPEM(_ bytes: Span<UInt8>) throws(KeyError) -> KeyHandle {
        var scanner = PEMScanner()
        var keys: [KeyHandle] = []
        while var block = try scanner.next(bytes) {
            defer { block.content.wipe() }
            if block.label == .ecParameters { continue }
            keys.append(try key(of: block))
            guard keys.count == 1 else {
                throw KeyError(.tooManyKeys, "more than one private key", position: block.position)
            }
        }
        guard let key = keys.first else {
            throw KeyError(.empty, "no private key in the file: neither PEM nor a JWK")
        }
        return key
    }

    private static func key(of block: PEMBlock) throws(KeyError) -> KeyHandle {
        let key: KeyHandle?
        switch block.label {
        case .privateKey: key = pkcs8(block.content)
        case .ecPrivateKey: key = sec1(block.content)
        case .otherPrivateKey:
            throw KeyError(
                .unsupportedKeyType,
                "a private key that is encrypted or of another form; make one with \"openssl genpkey\"",
                position: block.position
            )
        case .ecParameters, .publicKey, .rsaPublicKey, .certificate, .other:
            throw KeyError(.badPEM, "something else than a private key", position: block.position)
        }
        guard let key else {
            throw KeyError(.badEncoding, "a private key that cannot be read", position: block.position)
        }
        return key
    }

    /// RFC 5958 §2.
    private static func pkcs8(_ bytes: [UInt8]) -> KeyHandle? {
        unsafe bytes.withUnsafeBufferPointer { bytes -> KeyHandle? in
            // Safe: libcrypto reads at most `count` bytes and moves the cursor behind what it read.
            var cursor = bytes.baseAddress
            guard let info = unsafe d2i_PKCS8_PRIV_KEY_INFO(nil, &cursor, bytes.count) else { return nil }
            defer { unsafe PKCS8_PRIV_KEY_INFO_free(info) }
            guard let start = bytes.baseAddress, unsafe cursor == start + bytes.count else { return nil }
            return unsafe KeyHandle(taking: EVP_PKCS82PKEY(info))
        }
    }

    /// RFC 5915 §3.
    private static func sec1(_ bytes: [UInt8]) -> KeyHandle? {
        unsafe bytes.withUnsafeBufferPointer { bytes -> KeyHandle? in
            // Safe: libcrypto reads at most `count` bytes and moves the cursor behind what it read.
            var cursor = bytes.baseAddress
            let key = unsafe KeyHandle(taking: d2i_PrivateKey(EVP_PKEY_EC, nil, &cursor, bytes.count))
            guard let start = bytes.baseAddress, unsafe cursor == start + bytes.count else { return nil }
            return key
        }
    }

    private static func readJWK(_ bytes: Span<UInt8>) throws(KeyError) -> KeyHandle {
        var document = JSONDocument()
        if let failure = document.parse(bytes) {
            throw KeyError(.notJSON, "not valid JSON: \(failure.description)")
        }
        let jwk = JWKMembers(document: document, object: 0, position: 1)
        let curve = try curve(jwk, bytes)
        let encoded = try JWKPublicKey.encoded(jwk, bytes, curve)
        let publicPart = try PublicKey(encoded: encoded.span, position: 1)
        var secret = try jwk.binary("d", count: curve.coordinateBytes, bytes)
        let handle = curve == .p256 ? p256(secret) : ed25519(secret)
        secret.wipe()
        guard let handle else { throw KeyError(.badEncoding, "a private key that cannot be read", position: 1) }
        guard handle.encodePublicKey() == publicPart.encoded else {
            throw KeyError(.contradiction, "its private part does not belong to its public part", position: 1)
        }
        return handle
    }

    /// The curve of a private JWK that may sign.
    private static func curve(_ jwk: JWKMembers, _ bytes: Span<UInt8>) throws(KeyError) -> Curve {
        let curve = try jwk.string("crv", bytes).flatMap { Curve(rawValue: $0) }
        let type = try jwk.string("kty", bytes).flatMap { JWKType(rawValue: $0) }
        guard let curve, let type,
            (type, curve) == (.ellipticCurve, .p256) || (type, curve) == (.octetKeyPair, .ed25519)
        else {
            throw KeyError(.unsupportedKeyType, "not a JWK on P-256 or Ed25519", position: 1)
        }
        if let name = try jwk.string("alg", bytes), !curve.algorithms.contains(where: { $0.rawValue == name }) {
            throw KeyError(.contradiction, "its \"alg\" is not for its \"crv\"", position: 1)
        }
        let use = try jwk.string("use", bytes)
        let operations = try jwk.strings("key_ops", bytes)
        guard use == nil || use == "sig", operations?.contains("sign") != false else {
            throw KeyError(.notForVerification, "its \"use\" or \"key_ops\" do not let it sign", position: 1)
        }
        return curve
    }

    /// As SEC 1 without the public part, which libcrypto then computes.
    private static func p256(_ secret: [UInt8]) -> KeyHandle? {
        let before: [UInt8] = [0x30, 0x31, 0x02, 0x01, 0x01, 0x04, 0x20]
        let after: [UInt8] = [0xA0, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
        var bytes: [UInt8] = []
        // No growing, so that no copy stays behind.
        bytes.reserveCapacity(before.count + secret.count + after.count)
        defer { bytes.wipe() }
        bytes.append(contentsOf: before)
        bytes.append(contentsOf: secret)
        bytes.append(contentsOf: after)
        return sec1(bytes)
    }

    private static func ed25519(_ secret: [UInt8]) -> KeyHandle? {
        // Safe: the array is lent for the call, which reads `count` bytes of it.
        unsafe KeyHandle(taking: EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, secret, secret.count))
    }
}
