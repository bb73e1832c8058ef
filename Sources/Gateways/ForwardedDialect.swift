package import Authorization
package import HTTPWire

/// Traefik ForwardAuth and Caddy `forward_auth`: the original request stands in `X-Forwarded-Method`, `X-Forwarded-Uri` and
/// `X-Forwarded-Host`. Only a gateway may reach this endpoint, and it must set all three itself.
package enum ForwardedDialect {
    package static func read(
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        _ sources: [CredentialSource]
    ) -> GatewayRequest {
        guard case .one(let method) = head.fields.single(.xForwardedMethod), !method.isEmpty,
            case .one(let target) = head.fields.single(.xForwardedURI), !target.isEmpty,
            case .one(let host) = head.fields.single(.xForwardedHost), !host.isEmpty
        else { return .refused(.metadataMissing) }
        return .ask(
            AuthorizationRequest(
                method: method.range,
                target: target.range,
                host: host.range,
                credential: CredentialFinder.find(head, bytes, sources)
            )
        )
    }
}
