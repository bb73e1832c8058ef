internal import ArgumentParser

/// `authd secret generate`.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a new secret: 32 random bytes, base64url.",
        discussion: """
            Example:
              (umask 077; authd secret generate > /etc/authd/secrets/jwt)
            """
    )

    func run() throws {
        try FreshSecret.withText { secret throws(CommandFailure) in
            try Output.bytes(secret)
            try Output.line("")
        }
    }
}
