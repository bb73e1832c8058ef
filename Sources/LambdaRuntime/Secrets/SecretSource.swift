/// The secrets of a function while it lives: read when the first event comes, since the extension does not answer before,
/// and again when they may have changed. The last good ones stay while the extension fails, for `longestStale`.
package struct SecretSource {
    /// What a look at the source brought.
    package enum Outcome: Sendable, Equatable {
        /// Nothing was read: it was not time.
        case unread
        /// The secrets are the same as before.
        case unchanged
        /// `versions` are new.
        case changed
        /// The last good ones count on, if there are any.
        case failed(SecretFailure)
    }

    /// nil: there is nothing to decide with.
    package private(set) var versions: SecretVersions?
    private let settings: SecretSettings
    private let reader: SecretReader
    private var schedule: SecretSchedule

    /// - Parameter fetch: asks the extension; see `ExtensionClient`.
    package init(
        _ settings: SecretSettings,
        fetch: @escaping (_ target: String) throws(HTTPFailure) -> HTTPAnswer
    ) {
        self.settings = settings
        reader = SecretReader(fetch: fetch)
        schedule = SecretSchedule(timeToLive: settings.timeToLive, longestStale: settings.longestStale)
    }

    /// Whether the secrets are read anew while the function lives.
    package var isRemote: Bool {
        if case .environment = settings.location { false } else { true }
    }

    package var health: SecretSchedule.Health { schedule.health }

    /// An event came: reads the secrets where it is time.
    /// - Parameters:
    ///   - now: the wall clock in milliseconds.
    ///   - accept: whether new secrets can serve; where they cannot, the ones before them stay.
    package mutating func refresh(now: Int64, accept: (SecretVersions) -> Bool = { _ in true }) -> Outcome {
        guard isRemote || versions == nil else { return .unread }
        let action = schedule.asked(at: now)
        // They may have become too old by waiting alone.
        if !schedule.isUsable { versions = nil }
        return action == .read ? read(now, accept) : .unread
    }

    /// A token came that none of the secrets has signed: looks early, once for each `SecretSchedule.cooldown`.
    package mutating func keyUnknown(now: Int64, accept: (SecretVersions) -> Bool = { _ in true }) -> Outcome {
        guard isRemote, schedule.keyUnknown(at: now) == .read else { return .unread }
        return read(now, accept)
    }

    private mutating func read(_ now: Int64, _ accept: (SecretVersions) -> Bool) -> Outcome {
        switch reader.read(settings.location, known: versions) {
        case .failure(let failure): return fail(failure, now)
        case .success(let new):
            if let versions, new.isSame(as: versions) {
                schedule.succeeded(at: now)
                return .unchanged
            }
            guard accept(new) else { return fail(.refused, now) }
            schedule.succeeded(at: now)
            versions = new
            return .changed
        }
    }

    private mutating func fail(_ failure: SecretFailure, _ now: Int64) -> Outcome {
        schedule.failed(at: now)
        if !schedule.isUsable { versions = nil }
        return .failed(failure)
    }
}
