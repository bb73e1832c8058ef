/// Fields that a door, the proxy or this module itself looks up. Everything else is `other`.
///
/// The raw values are bit numbers in `FieldSet`, hence below 64.
package enum KnownField: UInt8, CaseIterable, Equatable, Sendable {
    case other = 0
    // Framing, routing and the connection.
    case host, connection, contentLength, transferEncoding, expect, upgrade, keepAlive, te, trailer
    case proxyConnection, proxyAuthenticate, proxyAuthorization, http2Settings
    // Credentials and their answers.
    case authorization, cookie, setCookie, wwwAuthenticate
    // What a proxy says of the client.
    case forwarded, via
    case xForwardedFor, xForwardedProto, xForwardedHost, xForwardedPort, xForwardedURI, xForwardedMethod
    case xForwardedPrefix, xForwardedServer, xForwardedScheme, xForwardedSSL, xForwardedPath, xForwardedProtocol
    case xForwardedClientCert, xForwardedTLSClientCert, xForwardedTLSClientCertInfo
    case xRealIP, xOriginalMethod, xOriginalURI, xOriginalHost, xOriginalURL, xOriginalProto, xRewriteURL
    // Seen in nearly every message: known, they need no look at each byte of the name.
    case userAgent, accept, acceptEncoding, acceptLanguage, acceptCharset, cacheControl, pragma, referer, origin
    case contentType, contentEncoding, date, server, location, lastModified, etag, vary, xRequestID, ifNoneMatch

    /// The field name in lower case.
    package var name: StaticString {
        switch self {
        case .other: ""
        case .host: "host"
        case .connection: "connection"
        case .contentLength: "content-length"
        case .transferEncoding: "transfer-encoding"
        case .expect: "expect"
        case .upgrade: "upgrade"
        case .keepAlive: "keep-alive"
        case .te: "te"
        case .trailer: "trailer"
        case .proxyConnection: "proxy-connection"
        case .proxyAuthenticate: "proxy-authenticate"
        case .proxyAuthorization: "proxy-authorization"
        case .http2Settings: "http2-settings"
        case .authorization: "authorization"
        case .cookie: "cookie"
        case .setCookie: "set-cookie"
        case .wwwAuthenticate: "www-authenticate"
        case .forwarded: "forwarded"
        case .via: "via"
        case .xForwardedFor: "x-forwarded-for"
        case .xForwardedProto: "x-forwarded-proto"
        case .xForwardedHost: "x-forwarded-host"
        case .xForwardedPort: "x-forwarded-port"
        case .xForwardedURI: "x-forwarded-uri"
        case .xForwardedMethod: "x-forwarded-method"
        case .xForwardedPrefix: "x-forwarded-prefix"
        case .xForwardedServer: "x-forwarded-server"
        case .xForwardedScheme: "x-forwarded-scheme"
        case .xForwardedSSL: "x-forwarded-ssl"
        case .xForwardedPath: "x-forwarded-path"
        case .xForwardedProtocol: "x-forwarded-protocol"
        case .xForwardedClientCert: "x-forwarded-client-cert"
        case .xForwardedTLSClientCert: "x-forwarded-tls-client-cert"
        case .xForwardedTLSClientCertInfo: "x-forwarded-tls-client-cert-info"
        case .xRealIP: "x-real-ip"
        case .xOriginalMethod: "x-original-method"
        case .xOriginalURI: "x-original-uri"
        case .xOriginalHost: "x-original-host"
        case .xOriginalURL: "x-original-url"
        case .xOriginalProto: "x-original-proto"
        case .xRewriteURL: "x-rewrite-url"
        case .userAgent: "user-agent"
        case .accept: "accept"
        case .acceptEncoding: "accept-encoding"
        case .acceptLanguage: "accept-language"
        case .acceptCharset: "accept-charset"
        case .cacheControl: "cache-control"
        case .pragma: "pragma"
        case .referer: "referer"
        case .origin: "origin"
        case .contentType: "content-type"
        case .contentEncoding: "content-encoding"
        case .date: "date"
        case .server: "server"
        case .location: "location"
        case .lastModified: "last-modified"
        case .etag: "etag"
        case .vary: "vary"
        case .xRequestID: "x-request-id"
        case .ifNoneMatch: "if-none-match"
        }
    }
}
