/// A revoked `jti`.
struct RevokedToken: RevocationSlot {
    let name: RevocationName

    static let free = RevokedToken(name: .free)

    mutating func merge(_ other: RevokedToken) {}
}

/// A `sub` whose tokens were revoked, and before when they were issued.
struct RevokedSubject: RevocationSlot {
    let name: RevocationName
    /// Seconds since 1970.
    var issuedBefore: Double

    static let free = RevokedSubject(name: .free, issuedBefore: 0)

    /// The later moment revokes more.
    mutating func merge(_ other: RevokedSubject) { issuedBefore = max(issuedBefore, other.issuedBefore) }
}
