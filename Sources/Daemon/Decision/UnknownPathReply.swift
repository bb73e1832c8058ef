internal import Authorization
internal import Gateways
internal import HTTPWire

/// The answer to a path at the decision endpoint that is no dialect's: a gateway that is configured wrongly must fail
/// closed, so it is neither 200 nor a 401 or 403 that could pass for a decision.
enum UnknownPathReply {
    private static let head = Array(
        """
        HTTP/1.1 404 Not Found\r
        X-Authd-Decision: error\r
        X-Authd-Reason: metadata_missing\r
        Cache-Control: no-store\r
        Content-Length: 0\r\n
        """.utf8
    )

    /// Whether the request was made to be read in two ways, so that nothing after it can be trusted.
    static func isSuspect(_ head: RequestHead, _ bytes: Span<UInt8>) -> Bool {
        var path: [UInt8] = []
        return head.fields.repeated.contains(.authorization)
            || CanonicalPath.write(bytes, in: head.pathAndQuery.range, to: &path) == .malformed
    }

    static func append(to output: inout [UInt8], end: DecisionReplies.End) {
        output.append(contentsOf: head)
        switch end {
        case .persistent: output.append(contentsOf: "\r\n".utf8)
        case .keepAlive: output.append(contentsOf: "Connection: keep-alive\r\n\r\n".utf8)
        case .close: output.append(contentsOf: "Connection: close\r\n\r\n".utf8)
        }
    }
}
