internal import Authorization
internal import Configuration
internal import JOSE
internal import StrictJSON

/// What assertions are made of at one moment. Immutable, a part of `Serving`; each event loop makes its own assertions.
package final class AssertionPlan: Sendable {
    /// The field that carries assertions.
    package let header: String
    /// What `/.well-known/authd/jwks.json` answers.
    let keySet: KeySetReply
    /// `exp - iat`, in whole seconds.
    let lifetime: Int
    private let issuer: String
    private let audience: String?
    private let key: PrivateKey

    init(_ settings: AssertionSettings, _ keys: AssertionKeys) {
        header = settings.header
        issuer = settings.issuer
        audience = settings.audience
        lifetime = Int(max(1, settings.lifetime.components.seconds))
        key = keys.current
        keySet = KeySetReply(keys.keySet)
    }

    /// What an assertion says.
    struct Facts {
        let rule: Rule
        /// The issuer whose token was verified.
        let issuer: IssuerPolicy
        /// The token's `sub`; nil where it has none.
        let subject: String?
        /// The identity headers, name and value, that go out beside the assertion.
        let headers: [(name: String, value: String)]
    }

    /// Signs an assertion. It takes some ten microseconds.
    /// - Parameters:
    ///   - now: seconds since 1970.
    ///   - id: `jti`, of which no two are the same.
    /// - Returns: the token; nil where libcrypto fails.
    func sign(_ facts: Facts, now: Int, id: String) -> String? {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("iss")
        writer.string(issuer)
        if let audience = audience ?? facts.rule.upstream {
            writer.name("aud")
            writer.string(audience)
        }
        if let subject = facts.subject {
            writer.name("sub")
            writer.string(subject)
        }
        writer.name("iat")
        writer.integer(now)
        writer.name("exp")
        writer.integer(now + lifetime)
        writer.name("jti")
        writer.string(id)
        writer.name("authd")
        writeDetails(facts, to: &writer)
        writer.endObject()
        return JWSSigner.sign(claims: writer.bytes, with: key, type: Self.type)
    }

    /// `typ`: no token of another kind can pass for one of these, nor one of these for another (RFC 8725 §3.11).
    static let type = "authd+jwt"

    private func writeDetails(_ facts: Facts, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("rule")
        writer.string(facts.rule.name)
        writer.name("issuer")
        writer.string(facts.issuer.name)
        if !facts.headers.isEmpty {
            writer.name("headers")
            writer.beginObject()
            for header in facts.headers {
                writer.name(header.name)
                writer.string(header.value)
            }
            writer.endObject()
        }
        writer.endObject()
    }
}
