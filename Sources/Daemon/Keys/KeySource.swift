internal import Authorization
internal import Configuration
internal import JOSE
internal import Platform

/// The keys of one issuer and where they come from. It reads files, so it belongs to the control loop. What is fetched
/// is brought to it.
struct KeySource {
    enum Outcome: Equatable {
        /// There is a new ring with so many current keys.
        case loaded(Int)
        /// The source says what it said before, and is good.
        case unchanged
        /// The same keys as before, but after a time of bad states.
        case recovered
        /// It may be in the middle of being written: check again at this moment.
        case unsettled(until: MonotonicTime)
        case failed(KeySourceFailure)
    }

    let issuer: String
    private(set) var settings: KeySourceSettings
    let requirements: KeyRequirements
    private var rotation: KeyRotation
    /// The content that the current keys were made from.
    private var content: KeyContent?
    /// What the operator should know of the current keys.
    private(set) var remarks: [KeySourceFailure] = []
    /// The files as they were last listed.
    private var listed: [KeyFilePath] = []
    private var settle = SettleTime()
    private(set) var record = KeySourceRecord()
    /// nil for files.
    var remote: RemoteKeyState?

    init(_ issuer: IssuerPolicy, _ settings: KeySourceSettings) {
        self.issuer = issuer.name
        self.settings = settings
        requirements = settings.requirements(for: issuer)
        rotation = KeyRotation(overlap: settings.overlap)
        if case .remote(let settings) = settings.source { remote = RemoteKeyState(settings, now: .now()) }
    }

    /// nil: its keys have never been loaded.
    var ring: KeyRing? { rotation.ring }
    var health: KeyRotation.Health { rotation.health }
    var generation: UInt64 { rotation.generation }
    /// When a retired key's time is over.
    var nextRetirement: Timestamp? { rotation.nextRetirement }

    /// What must be watched so that no change is missed: a directory, and each of its files, since a file may be a link
    /// to somewhere else.
    var watchedPaths: Set<WatchedPath> {
        switch settings.source {
        case .file(let path): [.file(path)]
        case .directory(let path): Set(listed.map { .file($0.path) }).union([.directory(path)])
        case .remote: []
        }
    }

    /// The path or address, for people.
    var place: String {
        switch settings.source {
        case .file(let path), .directory(let path): path
        case .remote(let remote): remote.place
        }
    }

    /// Whether this source, with its state, serves under other settings too. Keys are bound to the algorithms that the
    /// issuer allowed when they were read, so other requirements begin anew.
    func serves(_ issuer: IssuerPolicy, _ other: KeySourceSettings) -> Bool {
        issuer.name == self.issuer && settings.source.isSamePlace(as: other.source)
            && other.requirements(for: issuer) == requirements
    }

    /// Goes on under other settings that it serves. Keys that are retired keep the time they were given, except that an
    /// overlap of 0 ends it: then nothing but the file counts.
    mutating func adopt(_ other: KeySourceSettings, now: Timestamp) {
        settings = other
        rotation.overlap = other.overlap
        if case .remote(let settings) = other.source { remote?.schedule.adopt(settings) }
        if other.overlap == 0 { _ = rotation.prune(at: Timestamp(seconds: .infinity)) }
    }

    /// Reads the source, if it is at rest. One that is fetched has nothing to read.
    mutating func check(now: MonotonicTime, wall: WallTime) -> Outcome {
        guard remote == nil else { return .unchanged }
        let paths: [KeyFilePath]
        switch filePaths() {
        case .success(let found):
            paths = found
            listed = found
        case .failure(let failure): return fail(failure, wall)
        }
        let stamps = paths.map { FileStamp(of: $0.path) }
        switch settle.look(stamps, now: now, wall: wall) {
        case .wait(let moment): return .unsettled(until: moment)
        case .giveUp:
            return fail(
                KeySourceFailure(
                    .unsettled,
                    place,
                    "it is written without a pause; write a new file and rename it over the old one"
                ),
                wall
            )
        case .read: break
        }
        do throws(KeySourceFailure) {
            let content = try KeyContent.read(paths)
            // What was read is what was looked at: otherwise the look tells nothing of it.
            guard paths.map({ FileStamp(of: $0.path) }) == stamps else {
                return .unsettled(until: now.advanced(byNanoseconds: SettleTime.rest))
            }
            return try take(content, wall)
        } catch {
            if error.code == .unsettled { return .unsettled(until: now.advanced(byNanoseconds: SettleTime.rest)) }
            return fail(error, wall)
        }
    }

    /// Drops retired keys whose time is over. - Returns: whether there is a new ring.
    mutating func prune(now: Timestamp) -> Bool { rotation.prune(at: now) == .publish }

    private mutating func take(_ content: KeyContent, _ wall: WallTime) throws(KeySourceFailure) -> Outcome {
        if rotation.health != .degraded, content == self.content {
            record.unchanged(at: wall)
            return .unchanged
        }
        let (keys, remarks) = try content.keys(requirements)
        self.content = content
        self.remarks = remarks.map { $0.of(issuer) }
        return take(keys, wall)
    }

    /// The source holds these keys.
    mutating func take(_ keys: [VerificationKey], _ wall: WallTime) -> Outcome {
        let wasDegraded = rotation.health == .degraded
        switch rotation.loaded(keys, at: Timestamp(seconds: wall.fractionalSeconds)) {
        case .publish:
            record.loaded(at: wall)
            return .loaded(keys.count)
        case .unchanged, .nothingToUse, .keepLastGood:
            record.unchanged(at: wall)
            return wasDegraded ? .recovered : .unchanged
        }
    }

    /// The last good keys are too old to count.
    mutating func expire(_ failure: KeySourceFailure) {
        _ = rotation.expired()
        record.turned(failure.of(issuer))
    }

    /// The source is bad; the last good keys stay.
    mutating func fail(_ failure: KeySourceFailure, _ wall: WallTime) -> Outcome {
        _ = rotation.failed()
        let failure = failure.of(issuer)
        record.failed(failure)
        return .failed(failure)
    }

    private func filePaths() -> Result<[KeyFilePath], KeySourceFailure> {
        switch settings.source {
        case .file(let path): return .success([KeyFilePath(path: path, keyID: nil)])
        case .directory(let path):
            switch KeyDirectory.list(path) {
            case .names(let names):
                return .success(names.map { KeyFilePath(path: "\(path)/\($0)", keyID: $0) })
            case .failed(let failure): return .failure(failure)
            }
        case .remote: return .success([])
        }
    }
}

extension KeySourceSettings.Source {
    /// Whether the keys come from the same place, however they are fetched.
    fileprivate func isSamePlace(as other: Self) -> Bool {
        switch (self, other) {
        case (.remote(let mine), .remote(let others)): mine.location == others.location
        default: self == other
        }
    }
}
