/// Finds the authority in a request target of absolute-form (RFC 9112 §3.2.2).
enum AbsoluteTarget {
    /// The range between `http://` or `https://` and the path, query or end; nil for every other scheme or form.
    ///
    /// Only found, not checked: `HostSyntax` refuses user information and an empty host.
    static func authority(_ bytes: RawSpan, _ target: ByteRange) -> ByteRange? {
        let start = Int(target.start)
        let end = Int(target.end)
        var index = start
        if hasPrefix(bytes, start, end, "http://") {
            index += 7
        } else if hasPrefix(bytes, start, end, "https://") {
            index += 8
        } else {
            return nil
        }
        let from = index
        while index < end {
            let byte = ByteScan.byte(bytes, index)
            if byte == ASCII.slash || byte == ASCII.questionMark { break }
            index += 1
        }
        return ByteRange(from, index)
    }

    private static func hasPrefix(_ bytes: RawSpan, _ start: Int, _ end: Int, _ prefix: StaticString) -> Bool {
        let length = prefix.utf8CodeUnitCount
        return end - start >= length && FieldNameComparison.isEqual(bytes, start, start + length, prefix)
    }
}
