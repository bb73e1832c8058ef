internal import ArgumentParser

/// `--config F`.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: "The configuration file.",
        completion: .file(extensions: ["yaml", "yml"])
    )
    var path = "/etc/authd/authd.yaml"

    func validate() throws {
        guard !path.isEmpty else { throw ValidationError("--config needs the path of a file") }
    }
}
