internal import Authorization
internal import Configuration
internal import Daemon
internal import JOSE
internal import Platform

/// A configuration with all keys that can be had without the network.
struct OfflineWorld {
    let settings: Settings
    let snapshot: AuthorizationSnapshot
    let warnings: [String]
    /// The issuers whose keys are remote and were not given, with the place that publishes them.
    private let unfetched: [(issuer: String, place: String)]

    /// Reads the configuration, the local key sources and the key sets.
    init(path: String, keySets: [KeySetArgument]) throws(CommandFailure) {
        let loaded = try CheckedConfiguration.load(path)
        let settings = loaded.settings
        var given: [Int: KeyRing] = [:]
        for argument in keySets {
            let index = try Self.issuer(argument, settings)
            guard given[index] == nil else { throw CommandFailure(.usage, "--jwks: two key sets for one issuer") }
            given[index] = try Self.ring(argument.path, settings, issuer: index)
        }
        let remote = settings.keySources.indices.filter { settings.keySources[$0].remotePlace != nil }
        let local = settings.keySources.indices.filter { !remote.contains($0) && given[$0] == nil }
        // The daemon's own code reads the local ones, and never sees the others.
        var own = settings
        own.policy.issuers = local.map { settings.policy.issuers[$0] }
        own.keySources = local.map { settings.keySources[$0] }
        // The list of revocations speaks of all issuers.
        own.revocations = nil
        let files = CheckedFiles(settings)
        guard files.failures.isEmpty else {
            throw CommandFailure(files.areForbidden ? .noPermission : .configuration, files.failures)
        }
        let checked = try CheckedConfiguration(own, warnings: loaded.warnings)
        var rings = settings.keySources.indices.map { given[$0] }
        for (index, ring) in zip(local, checked.keyRings) { rings[index] = ring }
        self.settings = settings
        warnings = checked.warnings
        unfetched = remote.filter { given[$0] == nil }.map { index in
            (settings.policy.issuers[index].name, settings.keySources[index].remotePlace ?? "")
        }
        snapshot = AuthorizationSnapshot(
            policy: settings.policy,
            keyRings: rings,
            revocations: files.revocations,
            generation: 1
        )
    }

    /// What to know about a decision besides its steps.
    func notes(on decision: Decision) -> [String] {
        guard decision.reason == .keysUnavailable || decision.shadowReason == .keysUnavailable else { return [] }
        return unfetched.map { issuer, place in
            "the keys of issuer \(issuer) are remote (\(place)) and were not fetched; give them with --jwks \(issuer)=FILE"
        }
    }

    private static func issuer(_ argument: KeySetArgument, _ settings: Settings) throws(CommandFailure) -> Int {
        let issuers = settings.policy.issuers
        guard let name = argument.issuer else {
            let remote = issuers.indices.filter { settings.keySources[$0].remotePlace != nil }
            guard remote.count == 1, let only = remote.first else {
                throw CommandFailure(.usage, "--jwks: \(remote.count) issuers have remote keys; give ISSUER=FILE")
            }
            return only
        }
        guard let index = issuers.firstIndex(where: { $0.name == name }) else {
            let known = issuers.map { TerminalText.escaped($0.name) }.joined(separator: ", ")
            throw CommandFailure(.usage, "--jwks: there is no such issuer; known: \(known.isEmpty ? "none" : known)")
        }
        return index
    }

    /// The largest key set that is read, in bytes.
    private static let maximumBytes = 1 << 20

    private static func ring(_ path: String, _ settings: Settings, issuer: Int) throws(CommandFailure) -> KeyRing {
        let requirements = settings.keySources[issuer].requirements(for: settings.policy.issuers[issuer])
        let content: SecretBytes
        do throws(FileError) {
            content = try SecureFile.read(path, limit: maximumBytes, policy: .trusted)
        } catch {
            throw CommandFailure(error)
        }
        let parsed = content.withSpan { bytes in
            Result { () throws(KeyError) in try KeyFile(bytes, requirements: requirements) }
        }
        switch parsed {
        case .success(let file): return KeyRing(keys: file.keys)
        case .failure(let error): throw CommandFailure(.configuration, "--jwks: \(path): \(error)")
        }
    }
}

extension KeySourceSettings {
    /// Where remote keys are published; nil for files.
    fileprivate var remotePlace: String? {
        guard case .remote(let remote) = source else { return nil }
        switch remote.location {
        case .keySet(let url): return url
        case .openID(let issuer): return issuer
        }
    }
}
