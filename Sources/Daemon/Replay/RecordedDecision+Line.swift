internal import Authorization
internal import StrictJSON

extension RecordedDecision {
    /// Reads the fields that `DecisionRecord` writes.
    /// - Parameters:
    ///   - members: the fields of the line; in a line of text every value is a string.
    ///   - time: where the line has none of its own.
    /// - Returns: nil where a field that every decision has is not there or cannot be.
    init?(_ members: JSONValue, time: Double?) {
        guard let reason = members["reason"]?.string.flatMap({ Reason(rawValue: $0) }),
            let method = members["method"]?.string,
            members["decision"]?.string == Decision(reason).outcome.rawValue
        else { return nil }
        var shadowReason: Reason?
        if let shadow = members["shadow_reason"] {
            guard let known = shadow.string.flatMap({ Reason(rawValue: $0) }), reason == .allowed else { return nil }
            shadowReason = known
        }
        let path = members["path"]?.string
        guard let claims = Self.claims(members) else { return nil }
        self.init(
            reason: reason,
            method: method,
            host: members["host"]?.string,
            path: path,
            rule: members["rule"]?.string,
            issuer: members["issuer"]?.string,
            shadowReason: shadowReason,
            claims: claims,
            time: (members["time"]?.string.flatMap { TimeText.seconds(rfc3339: $0) } ?? time)
                .map { Timestamp(seconds: $0) },
            isPathCut: path.map(Self.isCut) ?? false
        )
    }

    /// Whether a path shows the sign of a cut, at a length at which paths are cut. A path that has the sign itself is
    /// rather not decided on than wrongly.
    private static func isCut(_ path: String) -> Bool {
        path.utf8.count >= 64 && path.utf8.suffix(3).elementsEqual("…".utf8)
    }

    /// More than fit into a line that authd writes.
    private static let maximumClaims = 256

    /// - Returns: nil where there are some, and they are not claims.
    private static func claims(_ members: JSONValue) -> ClaimFacts? {
        var facts = ClaimFacts()
        if let value = members["claims"] {
            guard case .object(let claims)? = Self.json(value)?.content, claims.count <= maximumClaims else {
                return nil
            }
            for claim in claims {
                guard let path = ClaimPath(claim.name) else { return nil }
                facts.values.append(ClaimFacts.Value(claim: path, value: claim.value))
            }
        }
        if let value = members["claims_absent"] {
            guard let names = Self.json(value)?.elements, names.count <= maximumClaims else { return nil }
            for name in names {
                guard let path = name.string.flatMap({ ClaimPath($0) }) else { return nil }
                facts.absent.append(path)
            }
        }
        return facts
    }

    /// In a line of text, JSON stands in quotes.
    private static func json(_ value: JSONValue) -> JSONValue? {
        guard let text = value.string else { return value }
        return try? JSONValue(parsing: Array(text.utf8).span)
    }
}
