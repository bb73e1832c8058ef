internal import Authorization
internal import Configuration
internal import Daemon

/// What a configuration names besides keys of issuers: the list of revocations, the key that signs assertions, and the
/// certificates.
struct CheckedFiles {
    /// nil where no list is configured, or none could be loaded.
    let revocations: RevocationTable?
    /// One line for each file that the daemon would refuse, with its place in the configuration.
    let failures: [String]
    /// Whether nothing but permissions is wrong with them.
    let areForbidden: Bool

    /// Reads the files; waits, a second at most, for a list that is being written.
    init(_ settings: Settings) {
        var found: [(origin: ConfigurationOrigin?, failure: WatchedFileFailure)] = []
        switch RevocationSource(settings)?.loadPatiently() {
        case nil: revocations = nil
        case .success(let loaded): revocations = loaded.table
        case .failure(let failure):
            revocations = nil
            found.append((settings.revocations?.origin, failure))
        }
        if let failure = AssertionKeyFile.failure(settings.assertion) {
            found.append((settings.assertion?.origin, failure))
        }
        found += TLSFiles.failures(settings)
        failures = found.map { origin, failure in
            let place = origin.map { "\($0.place): \($0.path): " } ?? ""
            return place + TerminalText.escaped("\(failure)")
        }
        areForbidden = found.allSatisfy { $0.failure.code == .permissionDenied }
    }
}
