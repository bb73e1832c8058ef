internal import JOSE
internal import Platform

/// The key that signs assertions, and the keys that upstreams verify them with: the same one, and those that signed
/// before it, for as long as an assertion of theirs may be about. Sans I/O; the clock is a parameter.
struct AssertionKeys: Sendable {
    private struct Retired: Sendable {
        let keyID: String
        let publicJWK: String
        /// When nothing it signed is valid any more.
        let until: MonotonicTime
    }

    let current: PrivateKey
    private var retired: [Retired] = []

    /// How much longer than its last assertion a key stays in the set, in nanoseconds: clocks differ.
    static let grace: Int64 = 300_000_000_000
    /// A key file that is changed more often than that within the time is no rotation; the oldest keys go first.
    static let maximumRetired = 8

    init(_ key: PrivateKey) { current = key }

    /// Another key signs from now on. - Returns: whether it is another one.
    mutating func rotate(to key: PrivateKey, lifetime: Int64, now: MonotonicTime) -> Bool {
        guard key.keyID != current.keyID else { return false }
        let until = now.advanced(byNanoseconds: lifetime).advanced(byNanoseconds: Self.grace)
        var retired = retired.filter { $0.keyID != key.keyID }
        retired.append(Retired(keyID: current.keyID, publicJWK: current.publicJWK, until: until))
        self = AssertionKeys(key)
        self.retired = retired.suffix(Self.maximumRetired)
        return true
    }

    /// Drops keys whose time is over. - Returns: whether there was one.
    mutating func prune(now: MonotonicTime) -> Bool {
        let before = retired.count
        retired.removeAll { $0.until <= now }
        return retired.count != before
    }

    /// When the next key's time is over.
    var nextRetirement: MonotonicTime? { retired.map(\.until).min() }

    /// The JWK Set (RFC 7517 §5), the signing key first.
    var keySet: [UInt8] {
        let keys = [current.publicJWK] + retired.reversed().map(\.publicJWK)
        return Array(#"{"keys":["#.utf8) + Array(keys.joined(separator: ",").utf8) + Array("]}".utf8)
    }

    /// The names of the keys in the set, the signing key's first.
    var keyIDs: [String] { [current.keyID] + retired.reversed().map(\.keyID) }
}
