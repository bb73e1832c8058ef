internal import StrictJSON

/// A rule's requirement as an event loop uses it.
final class CompiledRequirement {
    private struct Claim {
        let path: [[UInt8]]
        let literals: [Literal]
        let text: String
    }

    private enum Literal {
        case string([UInt8])
        case integer(Int64)
        case bool(Bool)
    }

    /// The index of the only issuer whose tokens count; nil: any.
    let issuer: Int?
    private let scopes: [[UInt8]]
    private let claims: [Claim]

    /// - Parameter issuer: -1 for a name that no issuer has, so that nothing meets it.
    init(_ requirement: Requirement, issuer: Int?) {
        self.issuer = issuer
        scopes = requirement.scopes.map { Array($0.utf8) }
        claims = requirement.claims.map { claim in
            Claim(
                path: claim.claim.names.map { Array($0.utf8) },
                literals: claim.anyOf.map { literal in
                    switch literal {
                    case .string(let text): .string(Array(text.utf8))
                    case .integer(let value): .integer(value)
                    case .bool(let flag): .bool(flag)
                    }
                },
                text: claim.claim.text
            )
        }
    }

    /// - Returns: why the claims of a verified token are not enough, or nil.
    func failure(
        _ document: JSONDocument,
        _ bytes: Span<UInt8>,
        issuer verified: Int,
        _ trace: inout some DecisionTrace
    ) -> Reason? {
        if let issuer {
            trace.note(.requirementIssuer, issuer == verified ? nil : .claimMismatch, "the rule names one issuer")
            guard issuer == verified else { return .claimMismatch }
        }
        for scope in scopes {
            let isThere = hasScope(scope, document, bytes)
            trace.note(.scopes, isThere ? nil : .scopeInsufficient, String(decoding: scope, as: UTF8.self))
            guard isThere else { return .scopeInsufficient }
        }
        for claim in claims {
            let isMet = isMet(claim, document, bytes)
            trace.note(.claims, isMet ? nil : .claimMismatch, claim.text)
            guard isMet else { return .claimMismatch }
        }
        return nil
    }

    /// `scope`, words in a string (RFC 8693 §4.2), or `scp`, an array or a string as some issuers write it.
    private func hasScope(_ scope: [UInt8], _ document: JSONDocument, _ bytes: Span<UInt8>) -> Bool {
        hasScope(scope, document.member("scope", of: 0, in: bytes), document, bytes)
            || hasScope(scope, document.member("scp", of: 0, in: bytes), document, bytes)
    }

    private func hasScope(_ scope: [UInt8], _ node: Int?, _ document: JSONDocument, _ bytes: Span<UInt8>) -> Bool {
        guard let node else { return false }
        return document.nodes[node].kind == .array
            ? document.holdsString(node, scope.span, in: bytes) : document.hasWord(node, scope.span, in: bytes)
    }

    private func isMet(_ claim: Claim, _ document: JSONDocument, _ bytes: Span<UInt8>) -> Bool {
        guard let node = document.node(at: claim.path, in: bytes) else { return false }
        if document.nodes[node].kind == .array {
            return document.firstElement(of: node) { equalsAny($0, claim.literals, document, bytes) } != nil
        }
        return equalsAny(node, claim.literals, document, bytes)
    }

    private func equalsAny(_ node: Int, _ literals: [Literal], _ document: JSONDocument, _ bytes: Span<UInt8>) -> Bool {
        for literal in literals {
            let isEqual =
                switch literal {
                case .string(let text): document.stringEquals(node, text.span, in: bytes)
                case .integer(let value): document.integer(node, in: bytes) == value
                case .bool(let flag): document.nodes[node].kind == (flag ? .true : .false)
                }
            if isEqual { return true }
        }
        return false
    }
}
