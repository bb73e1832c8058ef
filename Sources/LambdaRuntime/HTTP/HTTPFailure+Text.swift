extension HTTPFailure {
    /// For log lines and messages: plain words, nothing of what was received.
    package var text: String {
        switch self {
        case .noConnection(let number) where number != 0: "no connection (errno \(number))"
        case .noConnection: "no connection"
        case .notTaken: "the connection was closed before the request was sent"
        case .closed: "the connection was closed before the answer was whole"
        case .timedOut: "no answer within the time limit"
        case .malformed: "what came is not HTTP"
        case .tooLarge: "the answer is too large"
        }
    }
}
