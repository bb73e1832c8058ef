/// One field line of a head, as ranges of the parsed bytes.
package struct HeaderField: Equatable, Sendable {
    /// The field name as it was sent; a non-empty token.
    package var name: ByteRange
    /// The field value without the optional white space around it; may be empty.
    package var value: ByteRange
    /// Which field it is, whatever case its name was written in.
    package var known: KnownField
}
