internal import Authorization

/// `GET` of a path with a token, as bytes and places in them.
struct Question {
    let bytes: [UInt8]
    let request: AuthorizationRequest

    init(path: String, token: [UInt8]) {
        bytes = Array("GET\(path)".utf8) + token
        let target = 3..<(3 + path.utf8.count)
        request = AuthorizationRequest(
            method: 0..<3,
            target: target,
            host: nil,
            credential: .token(target.upperBound..<bytes.count, source: 0)
        )
    }
}
