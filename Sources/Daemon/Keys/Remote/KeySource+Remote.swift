internal import Configuration
internal import Platform

extension KeySource {
    /// A fetch has ended.
    mutating func fetched(
        _ result: Result<FetchedKeySet, KeySourceFailure>,
        now: MonotonicTime,
        wall: WallTime,
        using dice: inout some RandomNumberGenerator
    ) -> (outcome: Outcome, skipped: Int) {
        do throws(KeySourceFailure) {
            let answer = try result.get()
            let set = try RemoteKeySet(answer.body, requirements: requirements, place: answer.url)
            let outcome = take(set.keys, wall)
            let hasChanged = if case .loaded = outcome { true } else { false }
            remote?.schedule.succeeded(
                hasChanged: hasChanged,
                lifetime: answer.lifetime.map { min($0, Int64.max / 1_000_000_000) * 1_000_000_000 },
                now: now,
                using: &dice
            )
            remote?.ended(answer.url, now: now)
            return (outcome, set.skipped.count)
        } catch {
            remote?.schedule.failed(now: now, using: &dice)
            remote?.ended(nil, now: now)
            return (fail(error, wall), 0)
        }
    }

    /// - Returns: why the last good keys do not count any more, where they have just become too old.
    mutating func dropStale(now: MonotonicTime) -> KeySourceFailure? {
        guard let bound = remote?.schedule.settings.longestStale, remote?.schedule.dropsStale(now: now) == true else {
            return nil
        }
        expire(.stale(place, bound))
        return record.failure
    }
}
