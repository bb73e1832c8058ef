internal import StrictJSON

/// Recognises what is published as a matter of course and must not serve as a secret: PEM and SSH keys, JSON such as a JWK,
/// tokens, and DER or SSH key blobs as base64 without their armour. What it looks at is mostly a secret, so every copy that
/// it makes is wiped.
enum PublicMaterial {
    static func isPublic(_ secret: Span<UInt8>) -> Bool {
        var start = 0
        while start < secret.count, secret[start] <= 0x20 { start += 1 }
        let text = secret.extracting(start...)
        return text.contains("-----BEGIN") || text.contains("---- BEGIN") || isSSHKey(text) || isJSON(text)
            || isToken(text) || isKeyBlob(text)
    }

    private static func isSSHKey(_ text: Span<UInt8>) -> Bool {
        let prefixes: [StaticString] = ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"]
        return prefixes.contains { text.hasPrefix($0) }
    }

    private static func isJSON(_ text: Span<UInt8>) -> Bool {
        var document = JSONDocument()
        guard document.parse(text) == nil else { return false }
        return document.rootKind == .object || document.rootKind == .array
    }

    /// Three parts of base64url, the first of which is the beginning of an object.
    private static func isToken(_ text: Span<UInt8>) -> Bool {
        guard let jws = CompactJWS(text, in: 0..<text.count),
            isBase64URL(text.extracting(jws.payload)), isBase64URL(text.extracting(jws.signature)),
            var header = Base64URL.decode(text.extracting(jws.header))
        else { return false }
        defer { header.wipe() }
        return header.first { $0 > 0x20 } == UInt8(ascii: "{")
    }

    private static func isBase64URL(_ text: Span<UInt8>) -> Bool {
        guard var decoded = Base64URL.decode(text) else { return false }
        decoded.wipe()
        return true
    }

    /// The bytes themselves, or what they are base64 of.
    private static func isKeyBlob(_ text: Span<UInt8>) -> Bool {
        if isDER(text) || isSSHBlob(text) { return true }
        var alphabet: [UInt8] = []
        // No growing, so that no copy stays behind.
        alphabet.reserveCapacity(text.count)
        defer { alphabet.wipe() }
        for index in 0..<text.count {
            switch text[index] {
            case UInt8(ascii: "+"): alphabet.append(UInt8(ascii: "-"))
            case UInt8(ascii: "/"): alphabet.append(UInt8(ascii: "_"))
            case UInt8(ascii: "="), UInt8(ascii: "\n"), UInt8(ascii: "\r"): break
            default: alphabet.append(text[index])
            }
        }
        guard var decoded = Base64URL.decode(alphabet.span) else { return false }
        defer { decoded.wipe() }
        return isDER(decoded.span) || isSSHBlob(decoded.span)
    }

    /// SEQUENCE { SEQUENCE … of exactly this length: a SubjectPublicKeyInfo or a certificate (RFC 5280 §4.1).
    private static func isDER(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count > 16, bytes[0] == 0x30 else { return false }
        var content = 2
        var length = Int(bytes[1])
        if length >= 0x80 {
            let lengthBytes = length & 0x7F
            guard (1...3).contains(lengthBytes) else { return false }
            content += lengthBytes
            length = 0
            for index in 0..<lengthBytes { length = length << 8 | Int(bytes[2 + index]) }
        }
        // An RSAPublicKey (PKCS #1) begins with an INTEGER instead.
        return content + length == bytes.count && (bytes[content] == 0x30 || bytes[content] == 0x02)
    }

    /// The binary form of an SSH key (RFC 4253 §6.6): a length, then the name of the algorithm.
    private static func isSSHBlob(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count > 16, bytes[0] == 0, bytes[1] == 0, bytes[2] == 0 else { return false }
        let name = bytes.extracting(4...)
        return name.hasPrefix("ssh-") || name.hasPrefix("ecdsa-") || name.hasPrefix("sk-")
    }
}
