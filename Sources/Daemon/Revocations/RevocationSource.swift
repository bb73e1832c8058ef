package import Authorization
package import Configuration
internal import Platform
internal import YAML

/// Where revocations come from, and what their entries may speak of.
package struct RevocationSource: Sendable, Equatable {
    let path: String
    /// The names of the policy's issuers, in its order: tables speak of issuers by index.
    let issuers: [String]

    /// nil where the settings name no list.
    package init?(_ settings: Settings) {
        guard let revocations = settings.revocations else { return nil }
        path = revocations.file
        issuers = settings.policy.issuers.map(\.name)
    }

    /// Reads the file. Blocks for as long as that takes, some seconds for the longest list: never call it on an event loop.
    /// What is read is what was looked at: a file that changes meanwhile is `unsettled`.
    func load() -> Result<LoadedRevocations, WatchedFileFailure> {
        let stamp = FileStamp(of: path)
        let reader: SecureFileReader
        do throws(FileError) {
            reader = try SecureFileReader(path, limit: RevocationList.maximumBytes, policy: .trusted)
        } catch {
            return .failure(WatchedFileFailure(error))
        }
        let table: RevocationTable
        switch RevocationList.read(file: path, issuers: issuers, { reader.next() }) {
        case .success(let built): table = built
        case .failure(let error):
            return .failure(reader.failure.map { WatchedFileFailure($0) } ?? WatchedFileFailure(error))
        }
        // The pieces that the table was built from lie between what is still in use; let the system have their pages.
        ProcessMemory.giveBack()
        guard FileStamp(of: path) == stamp else { return .failure(.unsettled(path)) }
        return .success(LoadedRevocations(source: self, table: table, stamp: stamp))
    }

    /// The same for the start and for a new configuration: waits, a second at most, while the file is being written.
    package func loadPatiently() -> Result<LoadedRevocations, WatchedFileFailure> {
        var turns = FileTurns()
        // Each round is a rest at least; the state of rest gives up by itself before the rounds do.
        for _ in 0..<Self.rounds {
            let now = MonotonicTime.now()
            switch turns.look(FileStamp(of: path), now: now, wall: .now(), isForced: true) {
            case .nothing: break
            case .wait(let moment): moment.sleep()
            case .giveUp: return .failure(.unsettled(path))
            case .read:
                let result = load()
                guard case .failure(let failure) = result, failure.code == .unsettled else { return result }
                _ = turns.done(isTransient: true)
                now.advanced(byNanoseconds: SettleTime.rest).sleep()
            }
        }
        return .failure(.unsettled(path))
    }

    private static let rounds = 100
}

/// A list that was read.
package struct LoadedRevocations: Sendable {
    let source: RevocationSource
    package let table: RevocationTable
    /// The file as it was then.
    let stamp: FileStamp?
}
