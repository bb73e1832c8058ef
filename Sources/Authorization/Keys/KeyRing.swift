package import JOSE

/// The keys that one issuer's tokens are verified with, at one generation. Immutable.
package struct KeyRing: Sendable {
    package struct Entry: Sendable {
        package let key: VerificationKey
        /// When a key that left the file stops counting; nil while it is in the file.
        package let retiresAt: Timestamp?

        package init(key: VerificationKey, retiresAt: Timestamp? = nil) {
            self.key = key
            self.retiresAt = retiresAt
        }
    }

    /// In the order in which they are tried: the file's own first, then retired ones, newest first.
    package let entries: [Entry]

    package init(entries: [Entry]) { self.entries = entries }

    /// A ring without retired keys.
    package init(keys: [VerificationKey]) { entries = keys.map { Entry(key: $0) } }

    /// How many keys count at `now`.
    package func count(at now: Timestamp) -> Int {
        entries.count { entry in entry.retiresAt.map { now < $0 } ?? true }
    }
}
