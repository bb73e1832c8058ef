internal import StrictJSON

/// A JSON object whose members are certificates in PEM under the `kid` of their key, as Google's sign-in and Firebase
/// publish them.
enum CertificateMap {
    /// Whether `document` has the form; a JWK or JWKS never has.
    static func isOne(_ document: JSONDocument, _ bytes: Span<UInt8>) -> Bool {
        var count = 0
        var isEach = true
        document.forEachMember(of: 0) { _, value in
            count += 1
            let node = document.nodes[value]
            let isCertificate = bytes.extracting(node.range).hasPrefix("-----BEGIN CERTIFICATE-----")
            isEach = isEach && node.kind == .string && isCertificate
        }
        return count > 0 && isEach
    }

    static func read(
        _ document: JSONDocument,
        _ bytes: Span<UInt8>,
        _ requirements: KeyRequirements,
        _ found: inout FoundKeys
    ) throws(KeyError) {
        var members: [(name: Int, value: Int)] = []
        document.forEachMember(of: 0) { name, value in members.append((name, value)) }
        guard members.count <= requirements.maximumKeys else {
            throw KeyError(.tooManyKeys, "more than \(requirements.maximumKeys) keys")
        }
        for (index, member) in members.enumerated() {
            do throws(KeyError) {
                try add(document, member, bytes, index + 1, requirements, &found)
            } catch {
                guard requirements.skipsBrokenKeys else { throw error }
                found.skip(error)
            }
        }
    }

    private static func add(
        _ document: JSONDocument,
        _ member: (name: Int, value: Int),
        _ bytes: Span<UInt8>,
        _ position: Int,
        _ requirements: KeyRequirements,
        _ found: inout FoundKeys
    ) throws(KeyError) {
        guard document.nodes[member.name].range.count <= 512, let keyID = document.string(member.name, in: bytes) else {
            throw KeyError(.badStructure, "its kid is not a short string", position: position)
        }
        var text: [UInt8] = []
        document.appendString(member.value, in: bytes, to: &text)
        var reader = PEMReader(requirements: requirements)
        do throws(KeyError) {
            try reader.read(text.span)
        } catch {
            throw KeyError(error.code, error.message, position: position)
        }
        guard reader.found.keys.count == 1, let key = reader.found.keys.first else {
            throw KeyError(.badPEM, "more than one certificate under one kid", position: position)
        }
        found.add(VerificationKey(keyID: keyID, algorithms: key.algorithms, material: key.material))
    }
}
