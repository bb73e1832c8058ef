package import Authorization
internal import JOSE
internal import StrictJSON

/// Writes a validated policy as canonical JSON, which `ConfigurationNode(json:file:)` and
/// `ConfigurationReader.readPolicy` read to an equal one: `authd check --format json`, and the Lambda authorizer's
/// policy file. Every value is written out, so that a default that changes later changes no policy.
package enum PolicyJSON {
    /// - Parameter realm: of `WWW-Authenticate`, as it was validated.
    package static func write(_ policy: Policy, realm: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        if !policy.issuers.isEmpty {
            writer.name("issuers")
            writer.beginArray()
            for issuer in policy.issuers { write(issuer, to: &writer) }
            writer.endArray()
        }
        writer.name("rules")
        writer.beginArray()
        for rule in policy.rules { write(rule, to: &writer) }
        writer.endArray()
        write("identity_headers", policy.identityHeaders, to: &writer)
        writer.name("limits")
        writer.beginObject()
        writer.name("token_bytes")
        writer.integer(policy.maximumTokenBytes)
        writer.endObject()
        writer.name("realm")
        writer.string(realm)
        writer.endObject()
        return writer.bytes
    }

    private static func write(_ issuer: IssuerPolicy, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("name")
        writer.string(issuer.name)
        if let text = issuer.issuer {
            writer.name("issuer")
            writer.string(text)
        }
        write("audiences", issuer.audiences, to: &writer)
        write("algorithms", issuer.algorithms.map(\.rawValue), to: &writer)
        writer.name("leeway")
        writer.string(DurationText.write(seconds: issuer.leeway))
        writer.name("max_lifetime")
        writer.string(issuer.maximumLifetime.map { DurationText.write(seconds: $0) } ?? "unlimited")
        writer.name("require")
        writer.beginArray()
        for claim in issuer.requiredClaims { writer.string(claim) }
        writer.endArray()
        write("types", issuer.types, to: &writer)
        write(issuer.claims, to: &writer)
        writer.name("accept_future_iat")
        writer.bool(!issuer.refusesFutureIssue)
        writer.name("token_from")
        writer.beginObject()
        switch issuer.credential {
        case .header(let name):
            writer.name("header")
            writer.string(name)
        case .cookie(let name):
            writer.name("cookie")
            writer.string(name)
        }
        writer.endObject()
        writer.endObject()
    }

    /// A list that is left out where it is empty.
    private static func write(_ name: String, _ texts: [String], to writer: inout JSONWriter) {
        guard !texts.isEmpty else { return }
        writer.name(name)
        writer.beginArray()
        for text in texts { writer.string(text) }
        writer.endArray()
    }

    private static func write(_ rule: Rule, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("name")
        writer.string(rule.name)
        writer.name("match")
        writer.beginObject()
        if let host = rule.match.host {
            writer.name("host")
            writer.string(host.text)
        }
        writer.name("path")
        writer.string(rule.match.path.text)
        write("methods", rule.match.methods, to: &writer)
        writer.endObject()
        switch rule.effect {
        case .anonymous:
            writer.name("allow")
            writer.string("anonymous")
        case .deny:
            writer.name("deny")
            writer.bool(true)
        case .require(let requirement):
            writer.name("require")
            write(requirement, to: &writer)
        }
        writer.name("mode")
        writer.string(rule.mode == .shadow ? "shadow" : "enforce")
        if let upstream = rule.upstream {
            writer.name("upstream")
            writer.string(upstream)
        }
        write("headers", rule.headers, to: &writer)
        writer.endObject()
    }

    /// Recursion is as deep as `Requirement.maximumDepth`.
    private static func write(_ requirement: Requirement, to writer: inout JSONWriter) {
        writer.beginObject()
        if let issuer = requirement.issuer {
            writer.name("issuer")
            writer.string(issuer)
        }
        write("scopes", requirement.scopes, to: &writer)
        write(requirement.claims, to: &writer)
        for (name, parts) in [("all_of", requirement.allOf), ("any_of", requirement.anyOf)] where !parts.isEmpty {
            writer.name(name)
            writer.beginArray()
            for part in parts { write(part, to: &writer) }
            writer.endArray()
        }
        writer.endObject()
    }

    /// Left out where there are none.
    private static func write(_ claims: [ClaimRequirement], to writer: inout JSONWriter) {
        guard !claims.isEmpty else { return }
        writer.name("claims")
        writer.beginObject()
        for claim in claims {
            writer.name(claim.claim.text)
            writer.beginArray()
            for literal in claim.anyOf {
                switch literal {
                case .string(let text): writer.string(text)
                case .integer(let value): writer.integer(value)
                case .bool(let flag): writer.bool(flag)
                }
            }
            writer.endArray()
        }
        writer.endObject()
    }

    /// Left out where there are none.
    private static func write(_ name: String, _ headers: [IdentityHeader], to writer: inout JSONWriter) {
        guard !headers.isEmpty else { return }
        writer.name(name)
        writer.beginObject()
        for header in headers {
            writer.name(header.header)
            writer.string(header.claim.text)
        }
        writer.endObject()
    }
}
