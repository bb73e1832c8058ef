/// A set of known fields in one machine word.
package struct FieldSet: Equatable, Sendable {
    private var bits: UInt64

    package static let empty = FieldSet()

    package init() { self.bits = 0 }

    package init(_ fields: [KnownField]) {
        self.bits = 0
        for field in fields { insert(field) }
    }

    /// Adds a field; `other` is never a member, since it stands for many names.
    @inline(__always)
    package mutating func insert(_ field: KnownField) {
        bits |= Self.bit(field)
    }

    @inline(__always)
    package func contains(_ field: KnownField) -> Bool {
        bits & Self.bit(field) != 0
    }

    @inline(__always)
    package func intersects(_ other: FieldSet) -> Bool { bits & other.bits != 0 }

    @inline(__always)
    package func union(_ other: FieldSet) -> FieldSet {
        var result = self
        result.bits |= other.bits
        return result
    }

    @inline(__always)
    package func intersection(_ other: FieldSet) -> FieldSet {
        var result = self
        result.bits &= other.bits
        return result
    }

    @inline(__always)
    private static func bit(_ field: KnownField) -> UInt64 {
        (1 &<< UInt64(field.rawValue)) & ~1
    }
}
