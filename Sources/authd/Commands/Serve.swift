internal import ArgumentParser
internal import Daemon

/// `authd serve`.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the configured listeners until SIGTERM.",
        discussion: """
            Example:
              authd serve --config /etc/authd/authd.yaml

            SIGHUP reads the configuration and all key files again; a file that is wrong changes nothing. SIGTERM and \
            Ctrl-C finish the requests that have begun, then end. A second one ends at once.
            """
    )

    @OptionGroup var file: ConfigurationOption

    func run() throws {
        throw ArgumentParser.ExitCode(DaemonMain.run(configurationPath: file.path))
    }
}
