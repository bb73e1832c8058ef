/// Which of the forms of RFC 9112 §3.2 the request target has. The authority-form (CONNECT) is refused.
package enum TargetForm: Equatable, Sendable {
    /// `/path?query`
    case origin
    /// `http://authority/path?query`; the authority counts, not the Host field (RFC 9112 §3.2.2).
    case absolute
    /// `*`, with OPTIONS only.
    case asterisk
}
