/// The two versions that are spoken (RFC 9112 §2.3).
package enum HTTPVersion: UInt8, Equatable, Sendable {
    case http10
    case http11
}
