internal import ArgumentParser
internal import Authorization
internal import Configuration
internal import Daemon

/// `authd check`.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the configuration and everything that it names.",
        discussion: """
            Example:
              authd check --config /etc/authd/authd.yaml && systemctl reload authd

            Says everything that is wrong, with file, line and column, and exits with 78. Key files are read; keys at \
            a URL are not fetched. With --format json it prints the validated policy (issuers, rules, identity \
            headers; no keys, and key files are not looked at), which is what the Lambda authorizer reads:
              authd check --config authd.yaml --format json > policy.json
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @OptionGroup var file: ConfigurationOption

    @Option(help: "What to print about a good configuration.")
    var format = Format.text

    func run() throws {
        switch format {
        case .text: try runText()
        case .json: try runJSON()
        }
    }

    private func runText() throws(CommandFailure) {
        let checked = try CheckedConfiguration(path: file.path)
        for warning in checked.warnings { Output.warning(warning) }
        let settings = checked.settings
        for (issuer, (keys, ring)) in zip(settings.policy.issuers, zip(settings.keySources, checked.keyRings)) {
            try Output.line("issuer \(TerminalText.escaped(issuer.name)): \(Self.text(keys, ring))")
        }
        if let count = checked.revocations?.count {
            try Output.line("revocations: \(count) \(count == 1 ? "entry" : "entries")")
        }
        try Output.line("configuration \(file.path) is valid")
    }

    private static func text(_ keys: KeySourceSettings, _ ring: KeyRing?) -> String {
        if case .remote(let remote) = keys.source {
            return "keys at \(TerminalText.escaped(remote.url)), not fetched here"
        }
        let count = ring?.entries.count ?? 0
        return "\(count) \(count == 1 ? "key" : "keys")"
    }

    private func runJSON() throws(CommandFailure) {
        let loaded = try CheckedConfiguration.load(file.path)
        for warning in loaded.warnings { Output.warning("\(warning)") }
        var json = PolicyJSON.write(loaded.settings.policy, realm: loaded.settings.realm)
        json.append(UInt8(ascii: "\n"))
        try Output.bytes(json.span)
    }
}
