package import Authorization
package import HTTPWire

/// nginx `auth_request`: the original request stands in `X-Original-Method`, `X-Original-URI` (the raw request target) and
/// `X-Original-Host` (optional); the credential is the client's own.
package enum NginxDialect {
    package static func read(
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        _ sources: [CredentialSource]
    ) -> GatewayRequest {
        guard case .one(let method) = head.fields.single(.xOriginalMethod), !method.isEmpty,
            case .one(let target) = head.fields.single(.xOriginalURI), !target.isEmpty
        else { return .refused(.metadataMissing) }
        var host: Range<Int>?
        switch head.fields.single(.xOriginalHost) {
        case .absent: host = nil
        case .one(let value): host = value.range
        case .repeated: return .refused(.metadataMissing)
        }
        return .ask(
            AuthorizationRequest(
                method: method.range,
                target: target.range,
                host: host,
                credential: CredentialFinder.find(head, bytes, sources)
            )
        )
    }
}
