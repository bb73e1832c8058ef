/// A parsed request head. Every range points into the bytes that were parsed and is good only together with them.
///
/// One value is used again for all requests of an event loop: parsing into it allocates nothing in the steady state.
package struct RequestHead: Sendable {
    package internal(set) var method = RequestMethod.other
    /// The method as it was sent.
    package internal(set) var methodName = ByteRange.empty
    /// The request target as it was sent, byte for byte.
    package internal(set) var target = ByteRange.empty
    package internal(set) var targetForm = TargetForm.origin
    /// The part of the target that is a path with its query: all of it in origin-form, what follows the authority in
    /// absolute-form (may be empty or begin with `?`: then the path is `/`), `*` in asterisk-form.
    package internal(set) var pathAndQuery = ByteRange.empty
    package internal(set) var version = HTTPVersion.http11
    package internal(set) var fields = HeaderFields()
    package internal(set) var framing = BodyFraming.none
    /// Whether the connection may carry another request after this one (RFC 9112 §9.3).
    package internal(set) var keepAlive = false
    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110 §10.1.1).
    package internal(set) var expectsContinue = false
    /// Whether Connection names `upgrade` and an Upgrade field says to what (RFC 9110 §7.8). HTTP/1.1 only.
    package internal(set) var asksForUpgrade = false
    /// `uri-host[:port]`, checked: the authority of an absolute-form target, else the Host field. Nil only where an
    /// HTTP/1.0 client sent none.
    package internal(set) var host: ByteRange?

    package init() {}

    mutating func reset() {
        fields.removeAll()
        framing = .none
        keepAlive = false
        expectsContinue = false
        asksForUpgrade = false
        host = nil
    }
}
