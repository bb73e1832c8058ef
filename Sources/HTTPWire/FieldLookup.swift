/// The outcome of looking for a field that must not be repeated.
package enum FieldLookup: Equatable, Sendable {
    case absent
    /// The range of the only value; it may be empty.
    case one(ByteRange)
    /// Two or more field lines have the name: there is no right one to choose.
    case repeated
}
