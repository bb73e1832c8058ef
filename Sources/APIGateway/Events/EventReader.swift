package import Authorization

/// Reads events of every kind. Tolerant in shape: unknown members, null maps, header names in any case. Strict in
/// meaning: what is said twice in two ways is refused, and what is missing is not looked for elsewhere.
package struct EventReader: Sendable {
    /// Where the policy's issuers expect tokens.
    let sources: [CredentialSource]
    /// Whether rules name hosts, so that the event's must be found.
    let usesHosts: Bool

    package init(sources: [CredentialSource], usesHosts: Bool) {
        self.sources = sources
        self.usesHosts = usesHosts
    }

    package func read(_ bytes: [UInt8]) -> EventReading {
        guard let event = EventDocument(bytes) else { return .unreadable }
        guard let kind = Self.kind(of: event) else {
            return .refused(EventRefusal(reason: .metadataMissing, kind: nil, arn: nil, requestID: nil))
        }
        switch kind {
        case .token: return TokenEvent.read(event, self)
        case .request: return RESTEvent.read(event, .request, self)
        case .httpV1: return RESTEvent.read(event, .httpV1, self)
        case .httpV2: return HTTPEvent.read(event, self)
        case .webSocket: return WebSocketEvent.read(event, self)
        }
    }

    /// `type` and `version` say it, and a WebSocket's `requestContext.eventType`.
    private static func kind(of event: EventDocument) -> EventKind? {
        switch (event.text("version"), event.text("type")) {
        case (.absent, .text(let type)) where type == Array("TOKEN".utf8): return .token
        case (.absent, .text(let type)) where type == Array("REQUEST".utf8):
            let context = event.object("requestContext")
            let isWebSocket =
                event.text("eventType", of: context) != .absent || event.text("connectionId", of: context) != .absent
            return isWebSocket ? .webSocket : .request
        case (.text(let version), .text(let type)) where type == Array("REQUEST".utf8):
            if version == Array("1.0".utf8) { return .httpV1 }
            return version == Array("2.0".utf8) ? .httpV2 : nil
        default: return nil
        }
    }

    /// The ARN in the member `name`.
    static func arn(_ name: StaticString, _ event: EventDocument) -> MethodARN? {
        guard case .text(let bytes) = event.text(name) else { return nil }
        return MethodARN(String(decoding: bytes, as: UTF8.self))
    }

    /// `requestContext.requestId`, cut to what a log line bears.
    static func requestID(_ event: EventDocument) -> String? {
        guard case .text(let bytes) = event.text("requestId", of: event.object("requestContext")) else { return nil }
        return String(decoding: bytes.prefix(128), as: UTF8.self)
    }

    /// The host that the client asked: API Gateway's word for it, and the client's own where there is none.
    func host(_ event: EventDocument) -> EventText {
        guard usesHosts else { return .absent }
        let domain = event.text("domainName", of: event.object("requestContext"))
        guard domain == .absent else { return domain }
        return switch HeaderLookup(Array("host".utf8), event) {
        case .absent: .absent
        case .one(let value): .text(value)
        case .repeated, .malformed: .malformed
        }
    }
}
