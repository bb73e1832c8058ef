package import Authorization
package import HTTPWire

/// Envoy ext_authz over HTTP with `path_prefix: /authorize/envoy`: method, host and what follows the prefix are the
/// original's own.
package enum EnvoyDialect {
    package static func read(
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        _ sources: [CredentialSource]
    ) -> GatewayRequest {
        let start = Int(head.target.start) + Dialect.envoyPrefix.utf8CodeUnitCount
        guard start < Int(head.target.end) else { return .refused(.metadataMissing) }
        return .ask(
            AuthorizationRequest(
                method: head.methodName.range,
                target: start..<Int(head.target.end),
                host: head.host?.range,
                credential: CredentialFinder.find(head, bytes, sources)
            )
        )
    }
}
