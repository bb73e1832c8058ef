/// How the end of a message body is found (RFC 9112 §6.3).
package enum BodyFraming: Equatable, Sendable {
    /// There is no body.
    case none
    /// Exactly so many bytes; zero is possible.
    case length(UInt64)
    /// The chunked transfer coding.
    case chunked
    /// All bytes until the peer closes. Responses only.
    case untilClose

    /// Whether at least one byte of message data may follow the head.
    package var hasBody: Bool {
        switch self {
        case .none: false
        case .length(let length): length > 0
        case .chunked, .untilClose: true
        }
    }
}
