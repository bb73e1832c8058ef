internal import Authorization

/// REST API, authorizer of type TOKEN: method and path stand in the ARN only, and there is no host.
enum TokenEvent {
    static func read(_ event: EventDocument, _ reader: EventReader) -> EventReading {
        let requestID = EventReader.requestID(event)
        guard let arn = EventReader.arn("methodArn", event), let method = arn.method else {
            return .refused(EventRefusal(reason: .metadataMissing, kind: .token, arn: nil, requestID: requestID))
        }
        var builder = RequestBuilder(credential: credential(event, reader), host: nil)
        builder.add(method: Array(method.utf8), path: Array(arn.path.utf8))
        return .ask(
            AuthorizerEvent(
                kind: .token,
                arn: arn,
                requestID: requestID,
                bytes: builder.bytes,
                requests: builder.requests,
                isConsistent: true
            )
        )
    }

    /// `authorizationToken` is the value of the header that the authorizer is set to, which the event does not name:
    /// Authorization where any issuer expects tokens there, else the only header that issuers expect.
    private static func credential(_ event: EventDocument, _ reader: EventReader) -> FoundCredential {
        let value: [UInt8]
        switch event.text("authorizationToken") {
        case .absent: return .absent
        case .malformed: return .malformed
        case .text(let text): value = text
        }
        guard !value.isEmpty else { return .absent }
        if let index = reader.sources.firstIndex(of: .authorization) {
            return CredentialReader.bearer(value, source: index)
        }
        let headers = reader.sources.indices.filter { if case .header = reader.sources[$0] { true } else { false } }
        guard headers.count == 1 else { return .malformed }
        return .token(value, source: headers[0])
    }
}
