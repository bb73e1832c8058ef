/// Where a request carries its token. Each issuer has one place; there is no fallback from one to another.
package enum CredentialSource: Sendable, Equatable, Hashable {
    /// A header field, name in lower case. `authorization` carries `Bearer TOKEN` (RFC 6750 §2.1), any other the bare token.
    case header(String)
    /// A cookie (RFC 6265 §4.2) that holds the bare token.
    case cookie(String)

    package static let authorization = CredentialSource.header("authorization")
}
