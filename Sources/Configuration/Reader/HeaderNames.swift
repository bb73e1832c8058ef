/// Which header fields a configuration may take for its own purposes.
enum HeaderNames {
    /// What a name is compared as: gateways and CGI-like interfaces take case, `_` and `.` for the same.
    static func folded(_ name: String) -> String {
        let bytes = name.utf8.map { byte in
            byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") ? UInt8(ascii: "-") : byte.lowercased
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Of the connection and the framing of a message (RFC 9110 §7.6.1, RFC 9112 §6).
    private static let transport: Set<String> = [
        "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization",
        "proxy-authentication-info", "te", "trailer", "transfer-encoding", "upgrade", "content-length", "expect",
        "host",
        "http2-settings", "date", "via", "max-forwards", "content-type", "content-encoding", "content-range",
    ]
    private static let credentials: Set<String> = ["authorization", "cookie", "set-cookie", "www-authenticate"]
    /// Of authd's own answers, or what gateways tell it about the original request.
    private static let metadata: Set<String> = [
        "cache-control", "forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port",
        "x-forwarded-uri", "x-forwarded-method", "x-forwarded-prefix", "x-forwarded-server",
        "x-forwarded-scheme", "x-forwarded-ssl", "x-forwarded-path", "x-forwarded-protocol", "x-forwarded-client-cert",
        "x-forwarded-tls-client-cert", "x-forwarded-tls-client-cert-info", "x-real-ip",
        "x-original-method", "x-original-uri", "x-original-url", "x-original-host", "x-original-proto", "x-rewrite-url",
    ]

    /// Why a field cannot carry a claim to the upstream; nil: it can.
    static func identityFailure(_ name: String) -> String? {
        guard name.isToken, name.utf8.count <= 64 else { return "not a field name (RFC 9110 §5.1)" }
        let folded = folded(name)
        if folded.hasPrefix("x-authd-") { return "X-Authd-… is authd's own" }
        if transport.contains(folded) { return "this field belongs to HTTP itself" }
        if credentials.contains(folded) { return "this field carries credentials" }
        if metadata.contains(folded) { return "this field tells of the request, not of who sent it" }
        return nil
    }

    /// Why a field cannot bring a token; nil: it can.
    static func credentialFailure(_ name: String) -> (message: String, hint: String?)? {
        guard name.isToken, name.utf8.count <= 64 else { return ("not a field name (RFC 9110 §5.1)", nil) }
        let folded = folded(name)
        if folded == "cookie" || folded == "set-cookie" { return ("a cookie is named itself", "write cookie: NAME") }
        if folded.hasPrefix("x-authd-") { return ("X-Authd-… is authd's own", nil) }
        // An API gateway may use it, but a proxy on the way takes it away (RFC 9110 §7.6.1).
        if transport.contains(folded) { return ("this field belongs to HTTP itself", nil) }
        if metadata.contains(folded) { return ("this field tells of the request, not of who sent it", nil) }
        return nil
    }
}
