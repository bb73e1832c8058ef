/// A parsed response head. Every range points into the bytes that were parsed and is good only together with them.
///
/// As with `RequestHead`, one value is used again and again.
package struct ResponseHead: Sendable {
    package internal(set) var version = HTTPVersion.http11
    /// 100 to 599.
    package internal(set) var status: UInt16 = 0
    /// The reason phrase; may be empty.
    package internal(set) var reason = ByteRange.empty
    package internal(set) var fields = HeaderFields()
    /// How the body that follows is framed, the request considered.
    package internal(set) var framing = BodyFraming.none
    /// The Content-Length that was declared, also where no body follows (HEAD, 304).
    package internal(set) var declaredLength: UInt64?
    /// Whether the connection may be used for another request after this response. False also where the response
    /// declares a body that its status forbids: the bytes may come all the same.
    package internal(set) var keepAlive = false

    package init() {}

    /// Whether another response to the same request follows (RFC 9110 §15.2). 101 is final.
    package var isInterim: Bool { status < 200 && status != 101 }

    mutating func reset() {
        fields.removeAll()
        framing = .none
        declaredLength = nil
        keepAlive = false
    }
}
