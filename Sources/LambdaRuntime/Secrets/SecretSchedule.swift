/// When a secret that stands elsewhere is read again, and how long the last good one counts. Sans I/O; the clock is a
/// parameter, in milliseconds of the wall clock, since no other one goes on while Lambda has frozen the process.
package struct SecretSchedule: Sendable, Equatable {
    package enum Action: Sendable, Equatable {
        case read
        /// Go on with what there is.
        case wait
    }

    package enum Health: Sendable, Equatable {
        /// It has never been read.
        case empty
        case current
        /// On the last good one since the first failed read.
        case stale(since: Int64)
        /// The last good one is too old to count.
        case expired
    }

    /// After a failed read, no other one for this long while there is something to use.
    package static let retry: Int64 = 5000
    /// After a read for a key that is unknown, no other such read for this long, however many tokens come.
    package static let cooldown: Int64 = 10_000

    package private(set) var health = Health.empty
    private let timeToLive: Int64
    private let longestStale: Int64
    private var lastRead: Int64 = 0
    private var nextRead: Int64 = 0
    private var lastEarlyRead: Int64?

    package init(timeToLive: Int64, longestStale: Int64) {
        self.timeToLive = timeToLive
        self.longestStale = longestStale
    }

    /// Whether there are secrets to decide with.
    package var isUsable: Bool {
        switch health {
        case .current, .stale: true
        case .empty, .expired: false
        }
    }

    /// An event came.
    package mutating func asked(at now: Int64) -> Action {
        expire(at: now)
        // A clock that was set back says nothing of the age.
        return !isUsable || now >= nextRead || now < lastRead ? .read : .wait
    }

    /// A token came that no key has signed: perhaps the secret was rotated a moment ago.
    package mutating func keyUnknown(at now: Int64) -> Action {
        if let lastEarlyRead, now >= lastEarlyRead, now - lastEarlyRead < Self.cooldown { return .wait }
        lastEarlyRead = now
        return .read
    }

    /// It was read, and is good.
    package mutating func succeeded(at now: Int64) {
        health = .current
        lastRead = now
        nextRead = now + timeToLive
    }

    /// It could not be read, or is bad.
    package mutating func failed(at now: Int64) {
        lastRead = now
        nextRead = now + min(Self.retry, timeToLive)
        switch health {
        case .current: health = .stale(since: now)
        case .empty, .stale, .expired: break
        }
        expire(at: now)
    }

    private mutating func expire(at now: Int64) {
        guard case .stale(let since) = health, now - since >= longestStale else { return }
        health = .expired
    }
}
