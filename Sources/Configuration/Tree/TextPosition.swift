internal import StrictJSON

/// Counts lines and columns while it walks forward through a text, so that finding the places of all values costs one
/// pass. A line ends with LF, CRLF or CR.
package struct TextPosition: Sendable {
    package private(set) var line = 1
    package private(set) var column = 1
    private var offset = 0

    /// At the start of a text.
    package init() {}

    /// Walks to the byte at `target`; never back, and never past the end.
    package mutating func advance(to target: Int, in bytes: Span<UInt8>) {
        while offset < min(target, bytes.count) {
            let byte = bytes[offset]
            let isBeforeLineFeed = offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "\n")
            offset += 1
            if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && !isBeforeLineFeed) {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80, byte != UInt8(ascii: "\r") {
                // A continuation byte of UTF-8 belongs to the character before it.
                column += 1
            }
        }
    }

    /// The place of the byte at `offset` in the file called `file`.
    package static func place(of offset: Int, in bytes: Span<UInt8>, file: String) -> ConfigurationPlace {
        var position = TextPosition()
        position.advance(to: offset, in: bytes)
        return position.place(in: file)
    }

    package func place(in file: String) -> ConfigurationPlace {
        ConfigurationPlace(file: file, line: line, column: column)
    }
}
