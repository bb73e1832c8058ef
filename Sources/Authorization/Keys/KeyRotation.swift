package import JOSE

/// What becomes of one issuer's keys while their source changes: the last good keys stay through every bad state, and a
/// key that left the source counts on for `overlap`. Sans I/O; the clock is a parameter.
package struct KeyRotation: Sendable {
    package enum Action: Sendable, Equatable {
        /// The ring has changed: publish it.
        case publish
        /// The source says what it said before.
        case unchanged
        /// There has never been a good state: deny with `keys_unavailable`, and refuse to start.
        case nothingToUse
        /// The source is bad: go on with the last good keys and say so.
        case keepLastGood
    }

    package enum Health: Sendable, Equatable {
        /// There are no keys: not yet, or not any more.
        case neverLoaded
        case current
        /// On the last good keys since the source went bad.
        case degraded
    }

    /// How many retired keys are kept at most; the oldest go first, however long their overlap still is.
    package static let maximumRetired = 8

    package private(set) var ring: KeyRing?
    package private(set) var health = Health.neverLoaded
    /// Counts published rings.
    package private(set) var generation: UInt64 = 0
    /// Seconds that a removed key still counts.
    package var overlap: Double

    package init(overlap: Double) { self.overlap = overlap }

    /// The source was read and is good.
    package mutating func loaded(_ keys: [VerificationKey], at now: Timestamp) -> Action {
        health = .current
        let old = ring?.entries ?? []
        let latest = Timestamp(seconds: now.seconds + overlap)
        let current = keys.map { KeyRing.Entry(key: $0) }
        let retired = old.filter { entry in !keys.contains { $0.isSame(as: entry.key) } }
            .map { KeyRing.Entry(key: $0.key, retiresAt: min($0.retiresAt ?? latest, latest)) }
            .filter { entry in entry.retiresAt.map { now < $0 } ?? false }
            .sorted { ($0.retiresAt ?? now) > ($1.retiresAt ?? now) }
        let entries = current + retired.prefix(Self.maximumRetired)
        if ring != nil, isSame(entries, as: old) { return .unchanged }
        ring = KeyRing(entries: entries)
        generation += 1
        return .publish
    }

    /// The source could not be read or is bad.
    package mutating func failed() -> Action {
        guard ring != nil else { return .nothingToUse }
        health = .degraded
        return .keepLastGood
    }

    /// The last good keys are too old to count: there are none again.
    package mutating func expired() -> Action {
        guard ring != nil else { return .unchanged }
        ring = nil
        health = .neverLoaded
        generation += 1
        return .publish
    }

    /// Drops retired keys whose time is over, so that their bytes are wiped. They had stopped counting by themselves.
    package mutating func prune(at now: Timestamp) -> Action {
        guard let ring, ring.count(at: now) < ring.entries.count else { return .unchanged }
        self.ring = KeyRing(entries: ring.entries.filter { entry in entry.retiresAt.map { now < $0 } ?? true })
        generation += 1
        return .publish
    }

    /// When the next retired key's time is over.
    package var nextRetirement: Timestamp? { ring?.entries.compactMap(\.retiresAt).min() }

    private func isSame(_ entries: [KeyRing.Entry], as others: [KeyRing.Entry]) -> Bool {
        entries.count == others.count
            && zip(entries, others).allSatisfy { $0.key.isSame(as: $1.key) && $0.retiresAt == $1.retiresAt }
    }
}
