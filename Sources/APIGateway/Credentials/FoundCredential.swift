/// What an event brings as a credential.
enum FoundCredential: Equatable {
    case absent
    /// More than one, or one that is told in two ways.
    case repeated
    /// There is one, but not in the form of its place.
    case malformed
    /// - Parameter source: which of the policy's credential sources it stood in.
    case token([UInt8], source: Int)
}
