internal import StrictJSON

/// The members of one JWK, each of the type that RFC 7517 gives it. `bytes` is always the text of the document.
struct JWKMembers {
    let document: JSONDocument
    let object: Int
    /// The key's place in its set, counted from 1.
    let position: Int
    /// Longer texts name nothing that is known.
    private static let longestText = 512

    func has(_ name: StaticString, _ bytes: Span<UInt8>) -> Bool {
        document.member(name, of: object, in: bytes) != nil
    }

    func string(_ name: StaticString, _ bytes: Span<UInt8>) throws(KeyError) -> String? {
        guard let index = document.member(name, of: object, in: bytes) else { return nil }
        guard document.nodes[index].range.count <= Self.longestText, let text = document.string(index, in: bytes) else {
            throw KeyError(.badStructure, "its \"\(name)\" is not a short string", position: position)
        }
        return text
    }

    /// The place of a string without escapes, so that a secret needs no copy.
    func plainString(_ name: StaticString, _ bytes: Span<UInt8>) throws(KeyError) -> Range<Int>? {
        guard let index = document.member(name, of: object, in: bytes) else { return nil }
        let node = document.nodes[index]
        guard node.kind == .string, !node.isEscaped else {
            throw KeyError(.badStructure, "its \"\(name)\" is not a plain string", position: position)
        }
        return node.range
    }

    func strings(_ name: StaticString, _ bytes: Span<UInt8>) throws(KeyError) -> [String]? {
        guard let index = document.member(name, of: object, in: bytes) else { return nil }
        guard let elements = document.value(index, in: bytes).elements else {
            throw KeyError(.badStructure, "its \"\(name)\" is not an array", position: position)
        }
        var texts: [String] = []
        for element in elements {
            guard let text = element.string else {
                throw KeyError(.badStructure, "its \"\(name)\" holds something else than strings", position: position)
            }
            texts.append(text)
        }
        return texts
    }

    /// The bytes that the member is the base64url of (RFC 7515 §2), which must be there. The caller wipes a secret.
    /// - Parameter count: the only length that is right; nil: any.
    func binary(_ name: StaticString, count: Int? = nil, _ bytes: Span<UInt8>) throws(KeyError) -> [UInt8] {
        guard let range = try plainString(name, bytes), var decoded = Base64URL.decode(bytes.extracting(range)) else {
            throw KeyError(.badEncoding, "its \"\(name)\" is not base64url (RFC 7518 §6)", position: position)
        }
        guard let count, decoded.count != count else { return decoded }
        decoded.wipe()
        throw KeyError(
            .badEncoding,
            "its \"\(name)\" has \(decoded.count) bytes, but the curve's have \(count) (RFC 7518 §6.2.1.2)",
            position: position
        )
    }

    /// A whole number as Base64urlUInt (RFC 7518 §2): big-endian, as few bytes as it takes, here at least one.
    func number(_ name: StaticString, _ bytes: Span<UInt8>) throws(KeyError) -> [UInt8] {
        let decoded = try binary(name, bytes)
        guard let first = decoded.first, first != 0, decoded.count <= 1024 else {
            throw KeyError(
                .badEncoding,
                "its \"\(name)\" is no positive number without leading zeros, or too long (RFC 7518 §2)",
                position: position
            )
        }
        return decoded
    }
}
