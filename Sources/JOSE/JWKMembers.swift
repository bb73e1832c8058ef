internal import StrictJSON

/// The members of one JWK, each of the type that RFC 7517 gives it.
struct JWKMembers {
    let document: JSONDocument
    let object: Int
    /// Longer texts name nothing that is known.
    private static let longestText = 512

    func string(_ name: StaticString, _ bytes: Span<UInt8>, _ position: Int) throws(KeyError) -> String? {
        guard let index = document.member(name, of: object, in: bytes) else { return nil }
        guard document.nodes[index].range.count <= Self.longestText, let text = document.string(index, in: bytes) else {
            throw KeyError(.badStructure, "its \"\(name)\" is not a short string", position: position)
        }
        return text
    }

    /// The place of a string without escapes, so that a secret needs no copy.
    func plainString(_ name: StaticString, _ bytes: Span<UInt8>, _ position: Int) throws(KeyError) -> Range<Int>? {
        guard let index = document.member(name, of: object, in: bytes) else { return nil }
        let node = document.nodes[index]
        guard node.kind == .string, !node.isEscaped else {
            throw KeyError(.badStructure, "its \"\(name)\" is not a plain string", position: position)
        }
        return node.range
    }

    func strings(_ name: StaticString, _ bytes: Span<UInt8>, _ position: Int) throws(KeyError) -> [String]? {
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
}
