internal import Authorization

/// An issuer as it was read.
struct IssuerReading {
    var policy: IssuerPolicy
    /// nil in a policy without keys.
    var keys: KeySourceSettings?
    /// Where its name stands.
    var nameOrigin: ConfigurationOrigin
    /// Where its `issuer` stands, or the whole where there is none.
    var issuerOrigin: ConfigurationOrigin
}
