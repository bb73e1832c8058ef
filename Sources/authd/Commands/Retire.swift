internal import ArgumentParser

/// `authd secret retire`.
struct Retire: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Drop all secrets of a file but the first.",
        discussion: """
            Example:
              authd secret retire /etc/authd/secrets/jwt

            Tokens of the dropped secrets stop being valid at once, or after the overlap that the configuration gives \
            the key file. The file is replaced at once, with its mode and owner.
            """
    )

    @Argument(help: "A file of one secret a line.", completion: .file())
    var file: String

    func run() throws {
        let dropped = try SecretFile.retire(file)
        switch dropped {
        case 0: try Output.line("\(file): nothing to retire, there is one secret")
        case 1: try Output.line("\(file): one secret retired, one is left")
        default: try Output.line("\(file): \(dropped) secrets retired, one is left")
        }
    }
}
