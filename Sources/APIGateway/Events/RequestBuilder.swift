internal import Authorization

/// Puts the texts of a request into one buffer, as the core wants them.
struct RequestBuilder {
    private(set) var bytes: [UInt8] = []
    private(set) var requests: [AuthorizationRequest] = []
    private let credential: AuthorizationRequest.Credential
    private var host: Range<Int>?

    /// - Parameter host: nil where rules name none, or the event does not.
    init(credential: FoundCredential, host: [UInt8]?) {
        switch credential {
        case .absent: self.credential = .absent
        case .repeated: self.credential = .repeated
        case .malformed: self.credential = .malformed
        case .token(let token, let source):
            bytes = token
            self.credential = .token(0..<token.count, source: source)
        }
        self.host = host.map { append($0) }
    }

    /// Adds a way to name the request.
    mutating func add(method: [UInt8], path: [UInt8]) {
        requests.append(
            AuthorizationRequest(
                method: append(method),
                target: append(path),
                host: host,
                credential: credential
            )
        )
    }

    private mutating func append(_ text: [UInt8]) -> Range<Int> {
        let start = bytes.count
        bytes += text
        return start..<bytes.count
    }
}
