internal import Authorization

/// REST API, authorizer of type REQUEST, and HTTP API with payload format 1.0, which have the same shape.
enum RESTEvent {
    static func read(_ event: EventDocument, _ kind: EventKind, _ reader: EventReader) -> EventReading {
        let requestID = EventReader.requestID(event)
        let arn = EventReader.arn("methodArn", event)
        func refused(_ reason: Reason) -> EventReading {
            .refused(EventRefusal(reason: reason, kind: kind, arn: arn, requestID: requestID))
        }
        guard let arn, let method = arn.method else { return refused(.metadataMissing) }
        let context = event.object("requestContext")
        guard case .text(let named) = event.text("httpMethod"), named == Array(method.utf8),
            agrees(event.text("httpMethod", of: context), named), case .text(let path) = event.text("path")
        else { return refused(.metadataMissing) }
        let isCustomDomain = CustomDomain.isUsed(event)
        let relation = EventPath.relation(of: path, to: arn, isCustomDomain: isCustomDomain)
        guard case .agreement(let paths) = relation,
            isPath(event.text("path", of: context), path, arn.stage, isCustomDomain)
        else {
            return refused(.pathAmbiguous)
        }
        let host = reader.host(event)
        guard host != .malformed else { return refused(.hostInvalid) }
        var builder = RequestBuilder(
            credential: CredentialReader(sources: reader.sources, isJoined: false).find(event),
            host: host.text
        )
        for path in paths { builder.add(method: named, path: path) }
        return .ask(
            AuthorizerEvent(
                kind: kind,
                arn: arn,
                requestID: requestID,
                bytes: builder.bytes,
                requests: builder.requests,
                isConsistent: true
            )
        )
    }

    /// Whether a second word for the method is the same, or not there.
    private static func agrees(_ text: EventText, _ expected: [UInt8]) -> Bool {
        text == .absent || text == .text(expected)
    }

    /// Whether `requestContext.path` names the event's path: with or without the stage before it, or, behind a custom
    /// domain, with the base path before it.
    private static func isPath(_ text: EventText, _ path: [UInt8], _ stage: String, _ isCustomDomain: Bool) -> Bool {
        switch text {
        case .absent: return true
        case .malformed: return false
        case .text(let other):
            if other == path || EventPath.withoutStage(other, stage) == path { return true }
            if EventPath.withoutStage(path, stage) == other { return true }
            return isCustomDomain && other.count > path.count && other.suffix(path.count).elementsEqual(path)
        }
    }
}

extension EventText {
    /// nil for anything but a text.
    var text: [UInt8]? { if case .text(let bytes) = self { bytes } else { nil } }
}
