/// Rewrites an approved request head for the upstream (RFC 9110 §7.6, RFC 9112 §3.2).
///
/// Use: `begin`, then `HeadWriter.appendField` for each identity header, then `end`. What the caller appends comes
/// after everything that was removed, so `Connection: X-Auth-User` from a client cannot remove it.
///
/// The path and query go out byte for byte as they came in: the path that was decided on is the path that is sent.
package struct UpstreamHeadBuilder: Sendable {
    private let stripped: FoldedNameSet
    private let keepsUnderscoreNames: Bool
    private let fallbackHost: [UInt8]

    /// Says where requests come from and came to; only this process knows, so whatever a client says is dropped.
    private static let rebuilt = FieldSet([
        .forwarded, .xForwardedFor, .xForwardedProto, .xForwardedHost, .xForwardedPort, .xForwardedURI,
        .xForwardedMethod, .xForwardedPrefix, .xForwardedServer, .xForwardedScheme, .xForwardedSSL, .xForwardedPath,
        .xForwardedProtocol, .xForwardedClientCert, .xForwardedTLSClientCert, .xForwardedTLSClientCertInfo,
        .xRealIP, .xOriginalMethod, .xOriginalURI, .xOriginalHost, .xOriginalURL, .xOriginalProto, .xRewriteURL,
    ])
    /// Written anew from the parsed head; Expect is answered here (RFC 9110 §10.1.1).
    private static let rewritten = FieldSet([.host, .contentLength, .expect])
    private static let dropped = HopByHop.fields.union(rebuilt).union(rewritten)
    private static let forwardedPrefix = HeaderNameFold.fold("x-forwarded-")

    /// - Parameter stripped: the identity headers, and whatever else must not come from a client.
    /// - Parameter fallbackHost: the Host for HTTP/1.0 clients that sent none.
    /// - Parameter keepsUnderscoreNames: whether names with `_` are passed on. They are another spelling of the name
    ///   with `-` to many servers, `Transfer_Encoding` included, so the default drops them all, as nginx does.
    package init(stripped: FoldedNameSet, fallbackHost: [UInt8], keepsUnderscoreNames: Bool = false) {
        self.stripped = stripped
        self.fallbackHost = fallbackHost
        self.keepsUnderscoreNames = keepsUnderscoreNames
    }

    /// Appends the request line, Host, the fields that may pass, and what is said of the client.
    ///
    /// - Parameter bytes: the bytes that `head` was parsed from.
    /// - Parameter upgrades: pass Upgrade on (the caller has decided that a tunnel may follow).
    package func begin(
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        from client: ForwardedClient,
        upgrades: Bool = false,
        to output: inout [UInt8],
    ) {
        appendRequestLine(head, bytes, to: &output)
        appendHost("Host: ", head, bytes, to: &output)
        let hopByHop = HopByHop(head.fields)
        for field in head.fields.list where passes(field, hopByHop, head.fields, bytes) {
            Self.appendCopy(field, bytes, to: &output)
        }
        if !client.address.isEmpty, HeadWriter.isValue(client.address.span) {
            HeadWriter.append("X-Forwarded-For: ", to: &output)
            HeadWriter.append(client.address.span, to: &output)
            HeadWriter.append("\r\n", to: &output)
        }
        HeadWriter.appendField("X-Forwarded-Proto", client.isTLS ? "https" : "http", to: &output)
        if head.host != nil { appendHost("X-Forwarded-Host: ", head, bytes, to: &output) }
        if upgrades, head.asksForUpgrade, let upgrade = head.fields.first(.upgrade) {
            HeadWriter.appendField("Connection", "upgrade", to: &output)
            Self.appendCopy(upgrade, bytes, to: &output)
        }
    }

    /// Appends the framing of the body and the empty line. A chunked body must be framed again (`ChunkWriter`).
    package func end(_ head: RequestHead, to output: inout [UInt8]) {
        switch head.framing {
        case .none, .untilClose: break
        case .length(let length): HeadWriter.appendField("Content-Length", length, to: &output)
        case .chunked: HeadWriter.appendField("Transfer-Encoding", "chunked", to: &output)
        }
        HeadWriter.appendEnd(to: &output)
    }

    private func appendRequestLine(_ head: RequestHead, _ bytes: Span<UInt8>, to output: inout [UInt8]) {
        HeadWriter.append(head.methodName, of: bytes, to: &output)
        HeadWriter.append(" ", to: &output)
        // RFC 9112 §3.2.1: an absolute target becomes origin-form, and an empty path `/`.
        if head.pathAndQuery.isEmpty || bytes[Int(head.pathAndQuery.start)] == ASCII.questionMark {
            HeadWriter.append("/", to: &output)
        }
        HeadWriter.append(head.pathAndQuery, of: bytes, to: &output)
        HeadWriter.append(" HTTP/1.1\r\n", to: &output)
    }

    private func appendHost(
        _ name: StaticString,
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        to output: inout [UInt8],
    ) {
        HeadWriter.append(name, to: &output)
        if let host = head.host {
            HeadWriter.append(host, of: bytes, to: &output)
        } else {
            HeadWriter.append(fallbackHost.span, to: &output)
        }
        HeadWriter.append("\r\n", to: &output)
    }

    private func passes(
        _ field: HeaderField,
        _ hopByHop: HopByHop,
        _ fields: HeaderFields,
        _ bytes: Span<UInt8>,
    ) -> Bool {
        if Self.dropped.contains(field.known) { return false }
        if field.known == .other {
            if HeaderNameFold.hasPrefix(field.name, in: bytes, folded: Self.forwardedPrefix) { return false }
            if !aliasPasses(field.name, bytes) { return false }
        }
        return !hopByHop.covers(field, of: fields, in: bytes) && !stripped.contains(field.name, in: bytes)
    }

    /// False for names that are another spelling of a field that is dropped.
    private func aliasPasses(_ name: ByteRange, _ bytes: Span<UInt8>) -> Bool {
        var hasAlias = false
        for index in name.range {
            let byte = bytes[index]
            if byte == ASCII.underscore, !keepsUnderscoreNames { return false }
            if byte == ASCII.underscore || byte == ASCII.dot { hasAlias = true }
        }
        if !hasAlias { return true }
        for known in KnownField.allCases where known != .other && Self.dropped.contains(known) {
            if FoldedKnownNames.isEqual(name, in: bytes, to: known) { return false }
        }
        return true
    }

    private static func appendCopy(_ field: HeaderField, _ bytes: Span<UInt8>, to output: inout [UInt8]) {
        HeadWriter.append(field.name, of: bytes, to: &output)
        HeadWriter.append(": ", to: &output)
        HeadWriter.append(field.value, of: bytes, to: &output)
        HeadWriter.append("\r\n", to: &output)
    }
}
