/// What the admin endpoint has.
enum AdminPage: Sendable, Equatable {
    case alive, ready, metrics, status
    /// The keys that assertions are verified with.
    case keySet
    /// A path that is none of these. No request is decided here, whatever it brings.
    case unknown

    /// The page at the path of `target`, whose query is not looked at.
    init(_ target: Span<UInt8>) {
        var end = 0
        while end < target.count, target[end] != UInt8(ascii: "?") { end += 1 }
        // The longest name has 29 bytes.
        guard end <= 32 else {
            self = .unknown
            return
        }
        let path = String(decoding: (0..<end).map { target[$0] }, as: UTF8.self)
        switch path {
        case "/healthz": self = .alive
        case "/readyz": self = .ready
        case "/metrics": self = .metrics
        case "/", "": self = .status
        case "\(KeySetReply.path)": self = .keySet
        default: self = .unknown
        }
    }
}
