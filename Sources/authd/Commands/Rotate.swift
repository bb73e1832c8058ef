internal import ArgumentParser

/// `authd secret rotate`.
struct Rotate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a new secret first and keep the previous one second.",
        discussion: """
            Example:
              authd secret rotate /etc/authd/secrets/jwt

            New tokens are signed with the new secret, those of the previous one stay valid, older secrets are dropped. \
            The file is replaced at once, with its mode and owner, and a running authd takes it up by itself. Nothing \
            is printed of either secret.
            """
    )

    @Argument(help: "A file of one secret a line.", completion: .file())
    var file: String

    @Flag(help: "Make the file, with mode 0600, where there is none.")
    var create = false

    func run() throws {
        switch try SecretFile.rotate(file, creates: create) {
        case .created:
            try Output.line("\(file): made, with one secret")
        case .rotated:
            try Output.line("\(file): a new secret signs, the previous one still verifies")
            try Output.line(
                "when the last token of the previous one has expired: authd secret retire \(ShellWord.quoted(file))"
            )
        }
    }
}
