/// Takes revocations one by one, for a list that is too long to be held as entries.
package struct RevocationTableBuilder: Sendable {
    let hash: KeyedHash
    private var tokens = Chunks<RevokedToken>()
    private var subjects = Chunks<RevokedSubject>()

    /// The table is keyed with fresh random bits.
    package init() { self.init(hash: KeyedHash()) }

    init(hash: KeyedHash) { self.hash = hash }

    /// How many were added, repetitions included.
    package var count: Int { tokens.count + subjects.count }

    /// Revokes the one token with this `jti`.
    /// - Parameter issuer: the index of the only issuer meant; nil: every one.
    package mutating func add(tokenID: Span<UInt8>, issuer: Int? = nil) {
        tokens.append(RevokedToken(name: RevocationName(tokenID, hash).of(issuer: issuer)))
    }

    /// Revokes every token of a `sub` that was issued before a moment. A moment that is no number revokes all.
    package mutating func add(subject: Span<UInt8>, issuedBefore: Timestamp, issuer: Int? = nil) {
        let seconds = issuedBefore.seconds.isNaN ? .infinity : issuedBefore.seconds
        let name = RevocationName(subject, hash).of(issuer: issuer)
        subjects.append(RevokedSubject(name: name, issuedBefore: seconds))
    }

    /// The table of what was added. The builder is empty afterwards.
    package mutating func build() -> RevocationTable {
        // Taken out first, so that the pieces can go while the table fills.
        let slots = RevocationSlots(taking: tokens.take())
        return RevocationTable(hash: hash, tokens: slots, subjects: RevocationSlots(taking: subjects.take()))
    }

    /// A list that grows without ever being copied: for a moment a doubled array would be there three times.
    private struct Chunks<Entry: Sendable>: Sendable {
        private var all: [[Entry]] = []
        private(set) var count = 0

        private static var size: Int { 8192 }

        mutating func append(_ entry: Entry) {
            if count % Self.size == 0 {
                var chunk: [Entry] = []
                chunk.reserveCapacity(Self.size)
                all.append(chunk)
            }
            all[all.count - 1].append(entry)
            count += 1
        }

        mutating func take() -> [[Entry]] {
            let taken = all
            all = []
            count = 0
            return taken
        }
    }
}
