/// The secrets that count: the one that signs and verifies, and the one before it, which still verifies.
package struct SecretVersions: Sendable {
    package let current: SecretText
    /// nil: there is none.
    package let previous: SecretText?

    package init(current: SecretText, previous: SecretText?) {
        self.current = current
        self.previous = previous
    }

    /// Whether both hold the same secrets.
    func isSame(as other: SecretVersions) -> Bool {
        guard current.hasSameBytes(as: other.current) else { return false }
        switch (previous, other.previous) {
        case (nil, nil): return true
        case (let mine?, let theirs?): return mine.hasSameBytes(as: theirs)
        case (nil, _?), (_?, nil): return false
        }
    }
}
