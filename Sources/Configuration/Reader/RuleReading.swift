internal import Authorization

/// A rule as it was read, with the places that checks over all rules speak of.
struct RuleReading {
    var rule: Rule
    /// The rule as a whole.
    var origin: ConfigurationOrigin
    var nameOrigin: ConfigurationOrigin
    var matchOrigin: ConfigurationOrigin
    let diagnostics: Diagnostics
    /// The issuers that its requirement names, at any depth.
    var issuers: [IssuerReference]
    /// Where `upstream` stands; nil where there is none.
    var upstreamNode: LocatedNode?
    /// Where `headers` stands; nil where there is none.
    var headersNode: LocatedNode?

    /// Whether it lets any request through, be it only to record what it would have denied.
    var letsThrough: Bool { rule.effect != .deny || rule.mode == .shadow }
}
