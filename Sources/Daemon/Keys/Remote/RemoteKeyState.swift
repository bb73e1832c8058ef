internal import Configuration
internal import Platform

/// What a remote key source has beside what every source has.
struct RemoteKeyState {
    var schedule: RemoteKeySchedule {
        didSet { gate.update(schedule) }
    }
    let gate = RemoteKeyGate()
    /// The address of the key set that the issuer's discovery document gave, and until when that counts.
    private var discovered: (url: String, until: MonotonicTime)?
    /// Whether a first attempt has ended, well or not.
    private(set) var hasBeenTried = false
    private(set) var fetches: [RemoteKeySchedule.Cause: UInt64] = [:]

    /// An issuer moves its keys now and then; a fetch that fails asks again anyway.
    private static let discoveryLifetime: Int64 = 3_600_000_000_000

    init(_ settings: RemoteKeySettings, now: MonotonicTime) {
        schedule = RemoteKeySchedule(settings, now: now)
    }

    /// The address to fetch from, where it is known already.
    func keySet(now: MonotonicTime) -> String? {
        guard let discovered, now < discovered.until else { return nil }
        return discovered.url
    }

    mutating func began(_ cause: RemoteKeySchedule.Cause) { fetches[cause, default: 0] &+= 1 }

    mutating func ended(_ url: String?, now: MonotonicTime) {
        hasBeenTried = true
        guard let url else {
            discovered = nil
            return
        }
        guard discovered?.url != url || discovered.map({ now >= $0.until }) ?? true else { return }
        discovered = (url, now.advanced(byNanoseconds: Self.discoveryLifetime))
    }
}
