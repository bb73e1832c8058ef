/// The short signed token that tells an upstream, in a header of its own, whom authd let in.
package struct AssertionSettings: Sendable, Equatable {
    /// The field that carries it; a client's own copy never passes.
    package var header = AssertionSettings.defaultHeader
    /// The path of the private key: a PEM file or a private JWK, on P-256 or Ed25519.
    package var keyFile: String
    /// `iss`.
    package var issuer = "authd"
    /// `aud`; nil: the name of the rule's upstream, or none.
    package var audience: String?
    /// `exp - iat`.
    package var lifetime = Duration.seconds(60)
    package var origin: ConfigurationOrigin

    package static let defaultHeader = "X-Authd-Assertion"

    package init(keyFile: String, origin: ConfigurationOrigin) {
        self.keyFile = keyFile
        self.origin = origin
    }
}
