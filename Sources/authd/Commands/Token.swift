internal import ArgumentParser

/// `authd token`.
struct Token: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Mint a token, or look into one.",
        discussion: """
            Example:
              authd token mint --secret-file /etc/authd/secrets/jwt --sub alice |
                authd token inspect -
            """,
        subcommands: [Mint.self, Inspect.self]
    )

    func run() throws {
        throw ValidationError("a command is missing: mint or inspect")
    }
}
