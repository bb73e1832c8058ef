/// What a `jti` or a `sub`, of one issuer or of all, is known by in a revocation table: 128 bits of a keyed hash.
struct RevocationName: Sendable, Equatable {
    /// Where the search begins. The same for every issuer.
    let place: UInt64
    /// Differs between issuers.
    let check: UInt64

    static let free = RevocationName(place: 0, check: 0)

    private init(place: UInt64, check: UInt64) {
        self.place = place
        self.check = check
    }

    /// Of every issuer.
    init(_ text: Span<UInt8>, _ hash: KeyedHash) {
        let (first, second) = hash.long(text)
        self.init(place: first, check: second)
    }

    /// Seven bits that are not those which say where the search begins; never 0. The same for every issuer.
    var tag: UInt8 { UInt8(truncatingIfNeeded: place) | 0x80 }

    /// The same text of one issuer only. Different issuers give different names; for the rest the hash is as good as the
    /// one it is made from.
    func of(issuer: Int) -> RevocationName {
        // Odd, so that no two issuers of fewer than 2^64 fall together, and none on "every issuer".
        let mask = (UInt64(truncatingIfNeeded: issuer) &+ 1) &* 0x9E37_79B9_7F4A_7C15
        return RevocationName(place: place, check: check ^ mask)
    }

    func of(issuer: Int?) -> RevocationName {
        guard let issuer else { return self }
        return of(issuer: issuer)
    }
}
