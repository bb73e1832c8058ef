/// A whole answer of a key server, not yet looked into.
struct FetchedKeySet: Sendable {
    let body: [UInt8]
    /// How long it says that it stays fresh, in seconds; nil: it does not say.
    let lifetime: Int64?
    /// Where it came from.
    let url: String
}
