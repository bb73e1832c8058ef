internal import Configuration
internal import Platform

/// When the key set of one issuer is fetched, without the fetching: background refreshes, retries, searches for unknown
/// keys, and how long the last good set counts. The clock and the dice are parameters.
///
/// At most one fetch is on its way. Within a time T of whatever tokens and whatever answers, there start at most
/// 1 + T / `cooldown` searches, besides the refreshes that the settings allow.
struct RemoteKeySchedule: Equatable {
    /// Why a fetch was begun.
    enum Cause: String, CaseIterable, Sendable {
        /// The set is due, or has failed before.
        case refresh
        /// A token names a key that the set does not have.
        case search = "unknown_key"
        /// An operator asked for it (SIGHUP).
        case reload
    }

    enum Answer: Equatable {
        /// Begin one.
        case fetch
        /// One is on its way, and will be the answer.
        case join
        /// One has just been.
        case tooSoon
    }

    /// The first retry after a failure, in nanoseconds; each further one waits twice as long, up to `leastRefresh`.
    static let firstRetry: Int64 = 1_000_000_000
    /// How far the cooldown grows with searches that find nothing.
    static let longestCooldown: Int64 = 6
    /// Refreshes and retries come this part earlier or later, so that many daemons do not ask at the same moment.
    static let jitter = 0.1

    private(set) var settings: RemoteKeySettings
    /// The fetch that is on its way.
    private(set) var flight: Cause?
    /// In a row.
    private(set) var failures = 0
    private(set) var nextRefresh: MonotonicTime
    /// Before this no search begins.
    private(set) var nextSearch: MonotonicTime
    /// Whether there is a good set.
    private var hasSet = false
    /// The first failure since the last good set.
    private var failingSince: MonotonicTime?
    /// Searches in a row that found nothing.
    private var vainSearches = 0

    /// The first fetch is due at once.
    init(_ settings: RemoteKeySettings, now: MonotonicTime) {
        self.settings = settings
        nextRefresh = now
        nextSearch = now
    }

    /// Goes on under other settings; what has been planned stays.
    mutating func adopt(_ settings: RemoteKeySettings) { self.settings = settings }

    /// When to look again at the latest: for a refresh, or for the end of the last good set.
    var nextMoment: MonotonicTime? {
        let refresh = flight == nil ? nextRefresh : nil
        return [refresh, staleAt].compactMap { $0 }.min()
    }

    /// When the last good set stops counting; nil where there is none, or it can be renewed.
    var staleAt: MonotonicTime? {
        hasSet ? failingSince?.advanced(byNanoseconds: settings.longestStale.nanoseconds) : nil
    }

    // MARK: Beginning

    /// - Returns: whether to begin a fetch.
    mutating func refresh(now: MonotonicTime) -> Bool {
        guard flight == nil, now >= nextRefresh else { return false }
        flight = .refresh
        return true
    }

    /// - Returns: whether to begin a fetch; one that is on its way will do.
    mutating func reload() -> Bool {
        guard flight == nil else { return false }
        flight = .reload
        return true
    }

    /// A token names a key that the set does not have.
    mutating func search(now: MonotonicTime) -> Answer {
        guard flight == nil else { return .join }
        guard now >= nextSearch else { return .tooSoon }
        flight = .search
        nextSearch = now.advanced(byNanoseconds: cooldown)
        return .fetch
    }

    // MARK: Ending

    /// The fetch gave a good set.
    /// - Parameters:
    ///   - hasChanged: whether it is another one than before.
    ///   - lifetime: what the answer says of its freshness, in nanoseconds; nil: nothing.
    mutating func succeeded(
        hasChanged: Bool,
        lifetime: Int64?,
        now: MonotonicTime,
        using dice: inout some RandomNumberGenerator
    ) {
        endSearch(isVain: !hasChanged, now)
        failures = 0
        hasSet = true
        failingSince = nil
        let interval = interval(lifetime)
        // The bounds hold for the outcome of the dice too.
        let thrown = min(max(Self.throwDice(interval, &dice), least), longest)
        nextRefresh = now.advanced(byNanoseconds: thrown)
    }

    /// The fetch failed, or gave nothing to use.
    mutating func failed(now: MonotonicTime, using dice: inout some RandomNumberGenerator) {
        endSearch(isVain: true, now)
        failures = min(failures + 1, 62)
        failingSince = failingSince ?? now
        let ceiling = max(1, settings.leastRefresh.nanoseconds)
        let (wait, overflow) = Self.firstRetry.multipliedReportingOverflow(by: 1 << Int64(min(failures - 1, 32)))
        let retry = now.advanced(byNanoseconds: Self.throwDice(min(overflow ? .max : wait, ceiling), &dice))
        // A search that fails brings a refresh forward and never puts it off.
        nextRefresh = nextRefresh > now ? min(nextRefresh, retry) : retry
    }

    /// - Returns: whether the last good set has become too old at `now`: it must not count any more. Says so once.
    mutating func dropsStale(now: MonotonicTime) -> Bool {
        guard let staleAt, now >= staleAt else { return false }
        hasSet = false
        return true
    }

    private mutating func endSearch(isVain: Bool, _ now: MonotonicTime) {
        if flight == .search {
            if !isVain { vainSearches = 0 }
            nextSearch = now.advanced(byNanoseconds: cooldown)
            if isVain { vainSearches = min(vainSearches + 1, 8) }
        } else if !isVain {
            vainSearches = 0
        }
        flight = nil
    }

    /// Twice as long with each search in vain.
    private var cooldown: Int64 {
        let base = max(1, settings.cooldown.nanoseconds)
        let factor = min(1 << Int64(vainSearches), Self.longestCooldown)
        let (product, overflow) = base.multipliedReportingOverflow(by: factor)
        return overflow ? .max : product
    }

    // MARK: Times

    private var longest: Int64 { max(1, settings.longestRefresh.nanoseconds) }

    private var least: Int64 { min(max(1, settings.leastRefresh.nanoseconds), longest) }

    private func interval(_ lifetime: Int64?) -> Int64 {
        min(max(lifetime ?? settings.refresh.nanoseconds, least), longest)
    }

    /// `interval` and up to a tenth of it more or less.
    private static func throwDice(_ interval: Int64, _ dice: inout some RandomNumberGenerator) -> Int64 {
        // From 0 up to but not 1, in steps that a Double holds.
        let unit = Double(dice.next() >> 11) * 0x1p-53
        let factor = 1 - jitter + 2 * jitter * unit
        return Int64(exactly: (Double(interval) * factor).rounded()) ?? interval
    }
}
