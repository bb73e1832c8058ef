/// The head of an answer: status line and header fields (RFC 9112 §4, §5).
struct HTTPAnswerHead: Sendable, Equatable {
    /// How the end of the body is found (RFC 9112 §6.3).
    enum Framing: Sendable, Equatable {
        case length(Int)
        case chunked
        /// The end of the connection.
        case toTheEnd
    }

    let status: Int
    let fields: [HTTPField]
    let framing: Framing
    /// Whether the connection may be used again after the body.
    let keepsAlive: Bool

    /// Reads a head. Strict: what two readers could read in two ways is refused.
    /// - Parameter bytes: the lines with their CRLFs, without the empty one.
    /// - Returns: nil where it is no head of HTTP/1.
    init?(_ bytes: ArraySlice<UInt8>) {
        var lines = HTTPLines(bytes)
        guard let first = lines.next(), let line = StatusLine(first) else { return nil }
        var fields: [HTTPField] = []
        while let line = lines.next() {
            guard let field = HTTPField(line: line) else { return nil }
            fields.append(field)
        }
        guard lines.isWhole else { return nil }
        let connection = fields.filter { $0.name == "connection" }.flatMap {
            $0.value.lowercased().split(separator: ",")
        }
        let saysClose = connection.contains { $0.trimmingBlanks() == "close" }
        guard let framing = Self.framing(line.status, fields) else { return nil }
        status = line.status
        self.fields = fields
        self.framing = framing
        keepsAlive = line.isVersion11 && !saysClose && framing != .toTheEnd
    }

    private static func framing(_ status: Int, _ fields: [HTTPField]) -> Framing? {
        let lengths = fields.filter { $0.name == "content-length" }.map(\.value)
        let codings = fields.filter { $0.name == "transfer-encoding" }.map { $0.value.lowercased() }
        // Both together are the material of smuggling (RFC 9112 §6.1).
        guard lengths.isEmpty || codings.isEmpty, lengths.count <= 1 else { return nil }
        if status < 200 || status == 204 || status == 304 { return .length(0) }
        if !codings.isEmpty { return codings == ["chunked"] ? .chunked : nil }
        guard let text = lengths.first else { return .toTheEnd }
        guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
            let length = Int(text)
        else { return nil }
        return .length(length)
    }
}

extension Substring {
    fileprivate func trimmingBlanks() -> Substring {
        var text = drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}
