/// Reads the head of a response or a request from bytes: the harness's own reader, independent of the product's.
enum HeadText {
    static let end: [UInt8] = Array("\r\n\r\n".utf8)

    /// The number of bytes up to and with the empty line; `nil` while it has not come.
    static func length(in bytes: [UInt8]) -> Int? {
        guard bytes.count >= end.count else { return nil }
        for start in 0...(bytes.count - end.count) where bytes[start] == 13 {
            if Array(bytes[start..<start + end.count]) == end { return start + end.count }
        }
        return nil
    }

    /// The start line and the fields of a head that ends in an empty line.
    static func parse(
        _ bytes: some Collection<UInt8>
    ) throws -> (start: String, fields: [(name: String, value: String)]) {
        // Bytes to characters one to one, so that nothing on the wire is lost or joined.
        let text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        // "\r\n" is a single Character in Swift: split on scalars.
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(String.UnicodeScalarView(line.last == "\r" ? line.dropLast() : line))
        }
        guard let start = lines.first, !start.isEmpty else { throw TestSupportError("a head without a first line") }
        var fields: [(name: String, value: String)] = []
        for line in lines.dropFirst() where !line.isEmpty {
            guard let colon = line.firstIndex(of: ":") else {
                throw TestSupportError("a field line without colon: \(line)")
            }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            let trimmed = String(value.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
            fields.append((String(line[..<colon]), trimmed))
        }
        return (start, fields)
    }
}
