internal import ArgumentParser

/// The options that say what a token is: of `token mint` and `invoke`.
struct MintOptions: ParsableArguments {
    @Option(
        help: "The file with the secret: one secret a line, a JWK or a JWKS; the first key signs.",
        completion: .file()
    )
    var secretFile: String

    @Option(help: "The issuer (iss).")
    var issuer: String?

    @Option(help: "The audience (aud); repeat it for several.")
    var audience: [String] = []

    @Option(help: "The scopes, with blanks between them.")
    var scope: String?

    @Option(
        name: .customLong("claim"),
        help: ArgumentHelp(
            "A further claim; JSON where the value is JSON, else a string. Repeat it for several.",
            valueName: "name=value"
        )
    )
    var claims: [ClaimArgument] = []

    @Option(help: ArgumentHelp("The name of the key (kid), in place of the key file's own.", valueName: "kid"))
    var kid: String?

    @Option(help: "HS256, HS384 or HS512; ES256 or EdDSA for a private key. (default: the key's own, else HS256)")
    var algorithm: String?
}
