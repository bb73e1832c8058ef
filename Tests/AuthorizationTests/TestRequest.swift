import Authorization

/// A request as a test writes it down; the places come from laying its parts one after the other.
struct TestRequest {
    enum Credential {
        case absent, repeated, malformed
        case token(String, source: Int)
    }

    var method = "GET"
    var target = Array("/hello".utf8)
    var host: String? = "api.example"
    var credential = Credential.absent

    init(_ target: String = "/hello", method: String = "GET", host: String? = "api.example", token: String? = nil) {
        self.init(Array(target.utf8), method: method, host: host)
        if let token { credential = .token(token, source: 0) }
    }

    init(_ target: [UInt8], method: String = "GET", host: String? = "api.example") {
        self.method = method
        self.target = target
        self.host = host
    }

    /// The bytes, and the places in them. A few bytes stand before and after, as in a connection's buffer.
    var laidOut: (bytes: [UInt8], request: AuthorizationRequest) {
        var bytes = Array("junk ".utf8)
        func place(_ part: some Sequence<UInt8>) -> Range<Int> {
            let start = bytes.count
            bytes.append(contentsOf: part)
            return start..<bytes.count
        }
        let method = place(self.method.utf8)
        let target = place(self.target)
        let host = self.host.map { place($0.utf8) }
        let credential: AuthorizationRequest.Credential
        switch self.credential {
        case .absent: credential = .absent
        case .repeated: credential = .repeated
        case .malformed: credential = .malformed
        case .token(let token, let source): credential = .token(place(token.utf8), source: source)
        }
        bytes.append(contentsOf: " junk".utf8)
        return (bytes, AuthorizationRequest(method: method, target: target, host: host, credential: credential))
    }
}
