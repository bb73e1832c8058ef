internal import Gateways
internal import HTTPWire

/// The answer to `/.well-known/authd/jwks.json`, the same at every listener: the keys that assertions are verified with.
/// Everybody may have them, so no rule is asked.
struct KeySetReply: Sendable, Equatable {
    static let path: StaticString = "/.well-known/authd/jwks.json"
    /// How long a verifier may keep the set. It finds a key that is newer by asking again when a `kid` is unknown.
    static let maximumAge = 300

    private let head: [UInt8]
    /// The set in JSON.
    let body: [UInt8]

    private static let notAllowed = Array(
        """
        HTTP/1.1 405 Method Not Allowed\r
        Allow: GET, HEAD\r
        Cache-Control: no-store\r
        Content-Length: 0\r\n
        """.utf8
    )

    /// - Parameter keySet: JSON.
    init(_ keySet: [UInt8]) {
        body = keySet
        head = Array(
            """
            HTTP/1.1 200 OK\r
            Content-Type: application/jwk-set+json\r
            Cache-Control: public, max-age=\(Self.maximumAge)\r
            X-Content-Type-Options: nosniff\r
            Content-Length: \(keySet.count)\r\n
            """.utf8
        )
    }

    /// Whether the request is for the key set, whatever its query.
    static func isAsked(_ head: RequestHead, _ bytes: Span<UInt8>) -> Bool {
        // In the first byte that differs nearly every other request is told apart.
        head.targetForm == .origin && bytes.extracting(head.target.range).isPath(path)
    }

    /// The status of the answer to a method.
    static func status(_ method: RequestMethod) -> UInt16 { method == .get || method == .head ? 200 : 405 }

    /// The head without its end, and the body, of the answer to a method (RFC 9110 §9.3.1, §15.5.6).
    func parts(_ method: RequestMethod) -> (head: [UInt8], body: [UInt8]) {
        Self.status(method) == 200 ? (head, body) : (Self.notAllowed, [])
    }

    /// Appends the whole answer; to HEAD without the body (RFC 9110 §9.3.2).
    func append(to output: inout [UInt8], method: RequestMethod, end: DecisionReplies.End) {
        let (head, body) = parts(method)
        output.append(contentsOf: head)
        switch end {
        case .persistent: break
        case .keepAlive: output.append(contentsOf: "Connection: keep-alive\r\n".utf8)
        case .close: output.append(contentsOf: "Connection: close\r\n".utf8)
        }
        output.append(contentsOf: "\r\n".utf8)
        if method != .head { output.append(contentsOf: body) }
    }
}
