internal import JOSE
internal import StrictJSON

/// What the protected header of a token says (RFC 7515 §4.1). `jku`, `x5u`, `jwk` and `x5c` are never looked at: keys come
/// from the issuer's configuration alone (RFC 8725 §3.10).
struct JOSEHeader {
    /// nil: an algorithm that authd does not have, `none` among them.
    var algorithm: SignatureAlgorithm?
    /// Whether `crit` stands there, or `b64`, which must not stand without it (RFC 7515 §4.1.11, RFC 7797 §6): authd
    /// understands no extension.
    var needsExtension = false
    /// The node of `kid`; -1: none.
    var keyID = -1
    /// The node of `typ`; -1: none.
    var type = -1

    static let none = JOSEHeader()

    private init() {}

    /// - Returns: nil where the header is not an object, has no `alg`, or a member that authd reads is not a string.
    init?(_ document: JSONDocument, _ bytes: Span<UInt8>) {
        guard document.rootKind == .object else { return nil }
        var algorithmNode = -1
        let end = Int(document.nodes[0].next)
        var name = 1
        while name < end {
            let value = name + 1
            switch Self.member(document, name, bytes) {
            case .algorithm: algorithmNode = value
            case .keyID: keyID = value
            case .type: type = value
            case .extension: needsExtension = true
            case .other: break
            }
            name = Int(document.nodes[value].next)
        }
        guard algorithmNode >= 0, document.nodes[algorithmNode].kind == .string,
            keyID < 0 || document.nodes[keyID].kind == .string, type < 0 || document.nodes[type].kind == .string
        else { return nil }
        let node = document.nodes[algorithmNode]
        // An escaped spelling of a name is legal JSON and not worth having.
        algorithm = node.isEscaped ? nil : SignatureAlgorithm(bytes, in: node.range)
    }

    private enum Member { case algorithm, keyID, type, `extension`, other }

    private static func member(_ document: JSONDocument, _ name: Int, _ bytes: Span<UInt8>) -> Member {
        switch ThreeLetters(document, name, bytes) {
        case .alg: .algorithm
        case .kid: .keyID
        case .typ: .type
        case .b64: .extension
        default: document.stringEquals(name, "crit", in: bytes) ? .extension : .other
        }
    }
}
