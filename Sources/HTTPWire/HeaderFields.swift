/// The field lines of one head, in the order in which they were sent.
///
/// The storage is kept from message to message, so that filling it allocates nothing in the steady state.
package struct HeaderFields: Sendable {
    /// All field lines.
    package private(set) var list: [HeaderField]
    /// Known fields that occur.
    package private(set) var seen = FieldSet.empty
    /// Known fields that occur more than once.
    package private(set) var repeated = FieldSet.empty

    init() {
        list = []
        list.reserveCapacity(32)
    }

    /// Whether there is at least one field line with this name.
    package func contains(_ known: KnownField) -> Bool { seen.contains(known) }

    /// The first field line with this name.
    package func first(_ known: KnownField) -> HeaderField? {
        guard seen.contains(known) else { return nil }
        for field in list where field.known == known { return field }
        return nil
    }

    /// The value of a field that must not be repeated. A repeated one is never resolved to one of its values.
    package func single(_ known: KnownField) -> FieldLookup {
        guard let field = first(known) else { return .absent }
        return repeated.contains(known) ? .repeated : .one(field.value)
    }

    /// The value of a field that must not be repeated, for a configured name.
    ///
    /// - Parameter name: a field name in lower case; only letters are compared without regard to case.
    /// - Parameter bytes: the bytes that were parsed.
    package func single(named name: [UInt8], in bytes: Span<UInt8>) -> FieldLookup {
        var found: ByteRange?
        for field in list where FieldNameComparison.isEqual(field.name, in: bytes, toLowercased: name) {
            if found != nil { return .repeated }
            found = field.value
        }
        guard let found else { return .absent }
        return .one(found)
    }

    mutating func removeAll() {
        list.removeAll(keepingCapacity: true)
        seen = .empty
        repeated = .empty
    }

    /// - Parameter set: the set that has the field alone, or nothing where it is not a known one.
    @inline(__always)
    mutating func append(_ field: HeaderField, _ set: FieldSet) {
        repeated = repeated.union(seen.intersection(set))
        seen = seen.union(set)
        list.append(field)
    }
}
