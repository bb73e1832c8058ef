internal import Authorization

/// A request put together from a command line, as a door would hand it over: bytes, and places in them.
struct ExplainedRequest {
    private(set) var bytes: [UInt8] = []
    let request: AuthorizationRequest

    /// - Parameters:
    ///   - uri: the raw request target.
    ///   - token: the bare token; nil: the request brings none.
    ///   - source: the index of the place where the token stands.
    init(method: String, uri: String, host: String?, token: [UInt8]?, source: Int) {
        var bytes: [UInt8] = []
        func append(_ text: some Sequence<UInt8>) -> Range<Int> {
            let start = bytes.count
            bytes.append(contentsOf: text)
            return start..<bytes.count
        }
        let methodRange = append(method.utf8)
        let target = append(uri.utf8)
        let hostRange = host.map { append($0.utf8) }
        request = AuthorizationRequest(
            method: methodRange,
            target: target,
            host: hostRange,
            credential: token.map { Self.credential($0, at: append($0), source: source) } ?? .absent
        )
        self.bytes = bytes
    }

    /// A token is one word, as at the doors.
    private static func credential(
        _ token: [UInt8],
        at range: Range<Int>,
        source: Int
    ) -> AuthorizationRequest.Credential {
        let isWord = !token.isEmpty && !token.contains { $0 <= 0x20 || $0 == UInt8(ascii: ",") || $0 == 0x7F }
        return isWord ? .token(range, source: source) : .malformed
    }
}
