/// One value of a parsed document, as a place in the text. A document's nodes lie in one flat array in the order of
/// the text: an object's children are name, value, name, value …; `next` is the index after the whole subtree.
package struct JSONNode: Sendable, Equatable {
    package let kind: JSONKind
    /// A string that contains a backslash: its text differs from its bytes.
    package let isEscaped: Bool
    /// First byte: inside the quotes for a string, of the value otherwise.
    package let start: UInt32
    /// One after the last byte: before the closing quote for a string.
    package internal(set) var end: UInt32
    /// The index of the first node that does not belong to this value.
    package internal(set) var next: UInt32
    /// The value's bytes in the text that was parsed.
    package var range: Range<Int> { Int(start)..<Int(end) }
}
