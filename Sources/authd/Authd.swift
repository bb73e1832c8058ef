internal import ArgumentParser

/// The program's command line as a whole.
struct Authd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authd",
        abstract: "Decides for gateways and services whether a request may pass.",
        discussion: """
            Try it:
              authd demo
            Serve, after a look at the configuration:
              authd check --config /etc/authd/authd.yaml
              authd serve --config /etc/authd/authd.yaml

            Exit codes: 0 good, 1 denied or failed, 64 wrong command line, 70 internal error, 77 no permission, \
            78 wrong configuration.
            """,
        version: VersionCommand.text,
        subcommands: [
            Serve.self, Reload.self, Check.self, Explain.self, Replay.self, Token.self, Secret.self, Invoke.self,
            Demo.self,
            VersionCommand.self,
        ]
    )

    func run() throws {
        throw ValidationError("a command is missing; \"authd --help\" lists them")
    }
}
