internal import ArgumentParser

/// `authd token mint`.
struct Mint: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Mint a token with the first key of a key file.",
        discussion: """
            Example:
              authd token mint --secret-file /etc/authd/secrets/jwt --sub alice --ttl 5m \\
                --issuer https://issuer.example --audience hello-api \\
                --scope "hello.read hello.write" --claim 'groups=["a","b"]'

            The token alone is printed, so that it fits into a command:
              curl -H "Authorization: Bearer $(authd token mint --secret-file F)" URL
            """
    )

    @Option(help: "The subject (sub).")
    var sub: String?

    @Option(help: ArgumentHelp("How long it lives: 60s, 5m, 24h.", valueName: "duration"))
    var ttl = TokenLifetime.minute

    @OptionGroup var options: MintOptions

    func run() throws {
        try Output.line(FreshToken(options, subject: sub, lifetime: ttl).text)
    }
}
