/// Rewrites an upstream's response head for the client (RFC 9110 §7.6).
///
/// Use: `begin`, then `HeadWriter.appendField` for whatever is added, then `end`.
package struct ClientHeadBuilder: Sendable {
    private let stripped: FoldedNameSet

    private static let dropped = HopByHop.fields.union(FieldSet([.contentLength]))

    /// - Parameter stripped: names that an upstream must not send to clients.
    package init(stripped: FoldedNameSet = FoldedNameSet([])) {
        self.stripped = stripped
    }

    /// How the body of this response goes to a client of this version.
    ///
    /// A body that ends with the upstream's connection is chunked for HTTP/1.1, so that the client can tell a complete
    /// one from a broken one. HTTP/1.0 knows no chunks: there the end of the connection has to do.
    package static func framing(of head: ResponseHead, forClient version: HTTPVersion) -> BodyFraming {
        switch (head.framing, version) {
        case (.none, _), (.length, _): head.framing
        case (.chunked, .http11), (.untilClose, .http11): .chunked
        case (.chunked, .http10), (.untilClose, .http10): .untilClose
        }
    }

    /// Appends the status line and the fields that may pass. Interim responses are written with it, too.
    ///
    /// - Parameter bytes: the bytes that `head` was parsed from.
    package func begin(_ head: ResponseHead, _ bytes: Span<UInt8>, to output: inout [UInt8]) {
        HeadWriter.append("HTTP/1.1 ", to: &output)
        HeadWriter.appendDecimal(UInt64(head.status), to: &output)
        HeadWriter.append(" ", to: &output)
        HeadWriter.append(head.reason, of: bytes, to: &output)
        HeadWriter.append("\r\n", to: &output)
        let hopByHop = HopByHop(head.fields)
        for field in head.fields.list {
            if Self.dropped.contains(field.known) || hopByHop.covers(field, of: head.fields, in: bytes) { continue }
            if stripped.contains(field.name, in: bytes) { continue }
            HeadWriter.append(field.name, of: bytes, to: &output)
            HeadWriter.append(": ", to: &output)
            HeadWriter.append(field.value, of: bytes, to: &output)
            HeadWriter.append("\r\n", to: &output)
        }
    }

    /// Appends framing and persistence of a final response, and the empty line.
    ///
    /// - Parameter framing: what `framing(of:forClient:)` gave.
    /// - Parameter keepAlive: whether the client's connection stays open; never with `untilClose`.
    package func end(
        _ head: ResponseHead,
        framing: BodyFraming,
        forClient version: HTTPVersion,
        keepAlive: Bool,
        to output: inout [UInt8],
    ) {
        switch framing {
        case .none:
            // HEAD and 304 say what GET would have got (RFC 9110 §8.6); 204 has no length at all.
            if let length = head.declaredLength, head.status != 204 {
                HeadWriter.appendField("Content-Length", length, to: &output)
            }
        case .length(let length):
            HeadWriter.appendField("Content-Length", length, to: &output)
        case .chunked:
            HeadWriter.appendField("Transfer-Encoding", "chunked", to: &output)
        case .untilClose:
            break
        }
        if !keepAlive || framing == .untilClose {
            HeadWriter.appendField("Connection", "close", to: &output)
        } else if version == .http10 {
            HeadWriter.appendField("Connection", "keep-alive", to: &output)
        }
        HeadWriter.appendEnd(to: &output)
    }

    /// Appends the empty line of an interim response.
    package func endInterim(to output: inout [UInt8]) {
        HeadWriter.appendEnd(to: &output)
    }

    /// Appends what makes a 101 one (RFC 9110 §7.8), and the empty line. The tunnel begins after it.
    package func endUpgrade(_ head: ResponseHead, _ bytes: Span<UInt8>, to output: inout [UInt8]) {
        HeadWriter.appendField("Connection", "upgrade", to: &output)
        if let upgrade = head.fields.first(.upgrade) {
            HeadWriter.append("Upgrade: ", to: &output)
            HeadWriter.append(upgrade.value, of: bytes, to: &output)
            HeadWriter.append("\r\n", to: &output)
        }
        HeadWriter.appendEnd(to: &output)
    }
}
