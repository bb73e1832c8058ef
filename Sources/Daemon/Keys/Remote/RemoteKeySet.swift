internal import JOSE
internal import StrictJSON

/// The keys of an answer. Stricter than a file: a set (RFC 7517 §5) and nothing else, for public-key algorithms only, since
/// a secret that anybody can fetch is none.
struct RemoteKeySet {
    let keys: [VerificationKey]
    /// Keys that were passed over.
    let skipped: [KeyError]

    /// The most keys of one set.
    static let maximumKeys = 100

    /// - Parameter place: of the answer, for people.
    init(_ body: [UInt8], requirements: KeyRequirements, place: String) throws(KeySourceFailure) {
        var publicOnly = requirements
        publicOnly.algorithms = requirements.algorithms.filter { !$0.isSymmetric }
        publicOnly.maximumKeys = min(requirements.maximumKeys, Self.maximumKeys)
        publicOnly.skipsBrokenKeys = true
        guard !publicOnly.algorithms.isEmpty else {
            throw KeySourceFailure(.contentRefused, place, "a secret is never fetched; name public-key algorithms")
        }
        guard Self.isKeySet(body) else {
            throw KeySourceFailure(.contentRefused, place, "the answer is not a JWKS (RFC 7517 §5)")
        }
        do throws(KeyError) {
            let file = try KeyFile(body.span, requirements: publicOnly)
            keys = file.keys
            skipped = file.skipped
        } catch {
            throw KeySourceFailure(error, place)
        }
        // Whatever the reader of files does: no shared secret comes from here.
        guard keys.allSatisfy({ key in key.algorithms.allSatisfy { !$0.isSymmetric } && !key.isSecret }) else {
            throw KeySourceFailure(.contentRefused, place, "the answer holds a secret")
        }
    }

    /// Whether the answer is a JSON object with a list of keys; never a text of secrets, never a single key.
    private static func isKeySet(_ body: [UInt8]) -> Bool {
        var document = JSONDocument()
        guard document.parse(body.span) == nil, document.rootKind == .object,
            let list = document.member("keys", of: 0, in: body.span)
        else { return false }
        return document.nodes[list].kind == .array
    }
}

extension VerificationKey {
    fileprivate var isSecret: Bool {
        if case .secret = material { true } else { false }
    }
}
