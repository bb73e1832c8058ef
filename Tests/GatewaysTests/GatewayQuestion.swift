import Authorization
import Gateways
import HTTPWire

/// A request to the decision endpoint as bytes, read by its dialect.
struct GatewayQuestion {
    let bytes: [UInt8]
    let head: RequestHead

    /// - Parameter lines: the request line and the field lines, without line ends.
    init?(_ lines: [String]) {
        let bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        var parser = RequestHeadParser()
        var head = RequestHead()
        guard case .complete = parser.parse(bytes.span, into: &head) else { return nil }
        self.bytes = bytes
        self.head = head
    }

    var dialect: Dialect? { Dialect(head, bytes.span) }

    func read(_ sources: [CredentialSource] = [.authorization]) -> GatewayRequest? {
        switch dialect {
        case .nginx: NginxDialect.read(head, bytes.span, sources)
        case .forwarded: ForwardedDialect.read(head, bytes.span, sources)
        case .envoy: EnvoyDialect.read(head, bytes.span, sources)
        case nil: nil
        }
    }

    /// What the dialect found, as text.
    func found(_ sources: [CredentialSource] = [.authorization]) -> Found? {
        guard case .ask(let request) = read(sources) else { return nil }
        let token: String? = if case .token(let range, _) = request.credential { text(range) } else { nil }
        return Found(
            method: text(request.method),
            target: text(request.target),
            host: request.host.map(text),
            token: token,
            credential: request.credential
        )
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    struct Found {
        let method: String
        let target: String
        let host: String?
        let token: String?
        let credential: AuthorizationRequest.Credential
    }
}
