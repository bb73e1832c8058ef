/// One file of a key source.
struct KeyFilePath: Equatable, Sendable {
    let path: String
    /// The kid for a key that brings none.
    let keyID: String?
}
