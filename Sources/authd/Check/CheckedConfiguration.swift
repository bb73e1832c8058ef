internal import Authorization
internal import Configuration
internal import Daemon

/// A configuration that the daemon would start with, and its keys.
struct CheckedConfiguration {
    let settings: Settings
    let keyRings: [KeyRing?]
    /// nil where no list is configured.
    let revocations: RevocationTable?
    let warnings: [String]

    /// Reads the file and everything that it names.
    /// - Throws: everything that is wrong, not only the first thing.
    init(path: String) throws(CommandFailure) {
        let loaded = try Self.load(path)
        try self.init(loaded.settings, warnings: loaded.warnings)
    }

    /// Reads everything that the settings name.
    init(_ settings: Settings, warnings: [ConfigurationError]) throws(CommandFailure) {
        self.settings = settings
        let keys = try LoadedKeys(settings)
        self.warnings = warnings.map(\.description) + keys.remarks.map(\.description)
        keyRings = keys.rings
        let files = CheckedFiles(settings)
        revocations = files.revocations
        let accounts = AccountCheck.failures(settings.listeners)
        let errors = keys.failures.map { Self.line($0, settings) } + files.failures + accounts
        guard errors.isEmpty else {
            let isForbidden =
                accounts.isEmpty && files.areForbidden && keys.failures.allSatisfy { $0.code == .permissionDenied }
            throw CommandFailure(isForbidden ? .noPermission : .configuration, errors)
        }
    }

    /// The file alone, without what it names.
    static func load(_ path: String) throws(CommandFailure) -> ConfigurationLoader.Loaded {
        do throws(StartFailure) {
            return try ConfigurationLoader.load(path)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// A failure with the place in the configuration that names its source.
    private static func line(_ failure: KeySourceFailure, _ settings: Settings) -> String {
        let text = TerminalText.escaped("\(failure)")
        let index = settings.policy.issuers.firstIndex { $0.name == failure.issuer }
        guard let index, settings.keySources.indices.contains(index) else { return text }
        let origin = settings.keySources[index].origin
        return "\(origin.place): \(origin.path): \(text)"
    }
}
