internal import ArgumentParser

/// `authd secret`.
struct Secret: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make, rotate and retire secrets.",
        discussion: """
            Example, a rotation without a refused request:
              authd secret rotate /etc/authd/secrets/jwt
              # wait until the last token of the old secret has expired
              authd secret retire /etc/authd/secrets/jwt
            """,
        subcommands: [Generate.self, Rotate.self, Retire.self]
    )

    func run() throws {
        throw ValidationError("a command is missing: generate, rotate or retire")
    }
}
