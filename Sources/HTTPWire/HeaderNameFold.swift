/// Field names as a careless receiver might see them: letters in lower case, `_` and `.` as `-`.
///
/// CGI, WSGI and their like turn `X-Auth-User`, `X_Auth_User` and `x.auth.user` into the same variable. Whoever sets an
/// identity header must therefore remove all of these spellings first.
package enum HeaderNameFold {
    /// The fold of one byte.
    @inline(__always)
    package static func fold(_ byte: UInt8) -> UInt8 {
        if byte == ASCII.underscore || byte == ASCII.dot { return ASCII.hyphen }
        return ASCII.lowercased(byte)
    }

    /// The fold of a whole name.
    package static func fold(_ name: String) -> [UInt8] {
        name.utf8.map { fold($0) }
    }

    /// Whether the name at `range` folds to `folded`. A range outside of the bytes equals nothing.
    package static func isEqual(_ range: ByteRange, in bytes: Span<UInt8>, toFolded folded: [UInt8]) -> Bool {
        guard range.count == folded.count, range.range.upperBound <= bytes.count else { return false }
        return hasPrefix(range, in: bytes, folded: folded)
    }

    /// Whether the fold of the name at `range` begins with `folded`.
    static func hasPrefix(_ range: ByteRange, in bytes: Span<UInt8>, folded: [UInt8]) -> Bool {
        guard range.count >= folded.count, range.range.upperBound <= bytes.count else { return false }
        let start = Int(range.start)
        for index in folded.indices where fold(bytes[start + index]) != folded[index] { return false }
        return true
    }
}
