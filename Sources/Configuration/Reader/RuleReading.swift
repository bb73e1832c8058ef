internal import Authorization

/// A rule as it was read, with the places that checks over all rules speak of.
struct RuleReading {
    var rule: Rule
    /// The rule as a whole.
    var origin: ConfigurationOrigin
    var nameOrigin: ConfigurationOrigin
    var matchOrigin: ConfigurationOrigin
    let diagnostics: Diagnostics
    /// Where `require.issuer` stands; nil where there is none.
    var issuerNode: LocatedNode?
    /// Where `upstream` stands; nil where there is none.
    var upstreamNode: LocatedNode?

    /// Whether it lets any request through, be it only to record what it would have denied.
    var letsThrough: Bool { rule.effect != .deny || rule.mode == .shadow }
}
