internal import ArgumentParser
internal import Daemon

/// `authd version`.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Print the version.",
        discussion: """
            Example:
              authd version
            """
    )

    static let text = "authd \(ProgramVersion.number)"

    func run() throws { try Output.line(Self.text) }
}
