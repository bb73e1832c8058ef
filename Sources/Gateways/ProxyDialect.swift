package import Authorization
package import HTTPWire

/// The built-in proxy: the request is the client's own. Only the origin-form is served: for the other forms of RFC 9112
/// §3.2 the caller answers 400 without asking.
package enum ProxyDialect {
    package static func read(
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        _ sources: [CredentialSource]
    ) -> AuthorizationRequest {
        AuthorizationRequest(
            method: head.methodName.range,
            target: head.target.range,
            host: head.host?.range,
            credential: CredentialFinder.find(head, bytes, sources)
        )
    }
}
