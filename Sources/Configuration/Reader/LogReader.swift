internal import Authorization

/// Reads what is logged.
enum LogReader {
    /// A line of a log is for people too.
    private static let mostClaims = 32

    static func read(_ value: LocatedNode) -> LogSettings {
        var log = LogSettings()
        guard let mapping = value.mapping() else { return log }
        defer { mapping.finish() }
        let formats = LogSettings.Format.allCases.map { ($0.rawValue, $0) }
        if let format = mapping.optional("format")?.choice(formats) { log.format = format }
        let decisions = LogSettings.Decisions.allCases.map { ($0.rawValue, $0) }
        if let choice = mapping.optional("decisions")?.choice(decisions) { log.decisions = choice }
        if let claims = mapping.optional("claims") {
            log.claims = read(claims: claims)
            if log.decisions == .none {
                let hint = "set decisions to all or denied"
                mapping.key("claims")?.fail(.conflict, "has no effect: no decisions are logged", hint: hint)
            }
        }
        return log
    }

    private static func read(claims list: LocatedNode) -> [ClaimPath] {
        var paths: [ClaimPath] = []
        _ = list.uniqueTexts(whenEmpty: "or remove the key") { element in
            guard let text = element.text(limit: 256) else { return nil }
            guard let path = ClaimPath(text) else {
                element.fail(.invalidValue, "not a JSON Pointer (RFC 6901)", hint: "such as /realm_access/roles")
                return nil
            }
            paths.append(path)
            return text
        }
        if paths.count > mostClaims { list.fail(.outOfRange, "more than \(mostClaims) claims") }
        return paths
    }
}
