/// What a recording upstream does with a request.
package enum UpstreamAnswer: Sendable {
    /// A complete response with these fields and a Content-Length.
    case response(status: Int, fields: [String: String] = [:], body: String = "")
    /// These bytes and nothing else, then the connection stays open or is closed.
    case bytes([UInt8], thenClose: Bool)
    /// These bytes, each of them sent for itself; the connection stays open.
    case dribble([UInt8])
    /// No answer at all; the connection stays open.
    case silence

    package static let hello = Self.response(status: 200, body: "Hello, world!")

    var bytes: [UInt8] {
        if case .response(_, _, let body) = self { headBytes + Array(body.utf8) } else { headBytes }
    }

    /// What answers a HEAD: the same without the body.
    var headBytes: [UInt8] {
        switch self {
        case .response(let status, let fields, let body):
            let lines = fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }.joined()
            return Array("HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n\(lines)\r\n".utf8)
        case .bytes(let bytes, _), .dribble(let bytes): return bytes
        case .silence: return []
        }
    }
}
