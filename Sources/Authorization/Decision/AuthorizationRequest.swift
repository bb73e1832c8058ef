/// What is asked, the same at every door: places in bytes that the caller owns.
package struct AuthorizationRequest: Sendable, Equatable {
    package enum Credential: Sendable, Equatable {
        case absent
        /// More than one, in one place or in several.
        case repeated
        /// There is one, but not in the form of its place.
        case malformed
        /// A token, and which of the authorizer's credential sources it stood in.
        case token(Range<Int>, source: Int)
    }

    /// The method token, exact (RFC 9110 §9.1).
    package var method: Range<Int>
    /// The request target as it came: path and query, nothing decoded.
    package var target: Range<Int>
    /// The Host value as it came; nil where the door has none.
    package var host: Range<Int>?
    package var credential: Credential

    package init(method: Range<Int>, target: Range<Int>, host: Range<Int>?, credential: Credential) {
        self.method = method
        self.target = target
        self.host = host
        self.credential = credential
    }
}
