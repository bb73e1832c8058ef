package import Authorization

/// The WWW-Authenticate value that tells a client what to bring (RFC 6750 §3). Nothing of the request is in it.
package struct Challenge: Sendable {
    package let realm: String

    /// - Parameter realm: visible ASCII without quotes and backslashes.
    package init(realm: String) { self.realm = realm }

    /// - Parameter scopes: what the rule requires, for `insufficient_scope`.
    /// - Returns: nil where no challenge belongs to the reason.
    package func value(for reason: Reason, scopes: [String] = []) -> String? {
        let start = "Bearer realm=\"\(realm)\""
        switch reason.kind {
        case .credentialMissing: return start
        case .credentialRepeated: return start + ", error=\"invalid_request\""
        case .credentialInvalid: return start + ", error=\"invalid_token\""
        case .insufficient:
            let scope = scopes.isEmpty ? "" : ", scope=\"\(scopes.joined(separator: " "))\""
            return start + ", error=\"insufficient_scope\"" + scope
        case .allowed, .refused, .ownFailure: return nil
        }
    }
}

extension Reason {
    /// The status at the decision endpoint: what nginx, Envoy, Traefik and Caddy all understand, 200, 401, 403 and 503.
    package var decisionStatus: Int {
        switch kind {
        case .allowed: 200
        case .credentialMissing, .credentialRepeated, .credentialInvalid: 401
        case .insufficient, .refused: 403
        case .ownFailure: 503
        }
    }
}
