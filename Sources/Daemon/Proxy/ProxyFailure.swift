/// Why an approved request got no answer from its upstream. The client learns which side to look at, and nothing about
/// the inside.
enum ProxyFailure: String, Equatable, Sendable, CaseIterable {
    /// No connection, or it broke before an answer began.
    case unavailable = "upstream_unavailable"
    /// What came back is not HTTP/1.1 that can be trusted.
    case invalid = "upstream_invalid"
    /// No connection, or no answer, within the time allowed.
    case timeout = "upstream_timeout"
    /// All connections are busy, or this machine has no means to make another.
    case overloaded

    /// RFC 9110 §15.6.3 to §15.6.5.
    var status: UInt16 {
        switch self {
        case .unavailable, .invalid: 502
        case .timeout: 504
        case .overloaded: 503
        }
    }

    /// A fixed sentence for the client.
    var sentence: StaticString {
        switch self {
        case .unavailable: "The request was authorized, but the service behind this proxy cannot be reached."
        case .invalid: "The request was authorized, but the service behind this proxy gave an invalid answer."
        case .timeout: "The request was authorized, but the service behind this proxy did not answer in time."
        case .overloaded: "The request was authorized, but too many are being served. Try again in a moment."
        }
    }

    /// The place in a table of all failures.
    var position: Int {
        switch self {
        case .unavailable: 0
        case .invalid: 1
        case .timeout: 2
        case .overloaded: 3
        }
    }
}
