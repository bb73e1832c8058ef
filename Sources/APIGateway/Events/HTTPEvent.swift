internal import Authorization

/// HTTP API with payload format 2.0.
enum HTTPEvent {
    static func read(_ event: EventDocument, _ reader: EventReader) -> EventReading {
        let requestID = EventReader.requestID(event)
        let arn = EventReader.arn("routeArn", event)
        func refused(_ reason: Reason) -> EventReading {
            .refused(EventRefusal(reason: reason, kind: .httpV2, arn: arn, requestID: requestID))
        }
        let context = event.object("requestContext")
        let http = context.flatMap { event.object("http", of: $0) }
        guard let arn, let routed = arn.method, case .text(let method) = event.text("method", of: http),
            case .text(let path) = event.text("rawPath"), isRoute(event.text("routeKey"), of: method),
            isRoute(event.text("routeKey", of: context), of: method)
        else { return refused(.metadataMissing) }
        guard isSame(event.text("path", of: http), path) else { return refused(.pathAmbiguous) }
        let host = reader.host(event)
        guard host != .malformed else { return refused(.hostInvalid) }
        var builder = RequestBuilder(
            credential: CredentialReader(sources: reader.sources, isJoined: true).find(event),
            host: host.text
        )
        let relation = EventPath.relation(of: path, to: arn, isCustomDomain: CustomDomain.isUsed(event))
        var isConsistent = false
        if case .agreement(let paths) = relation, method == Array(routed.utf8) {
            isConsistent = true
            for path in paths { builder.add(method: method, path: path) }
        } else {
            // AWS's own sample names one request in the ARN and another one beside it: whoever is let in is let in to
            // both, and the policy names the ARN alone.
            builder.add(method: Array(routed.utf8), path: Array(arn.path.utf8))
            builder.add(method: method, path: EventPath.withoutStage(path, stage(context, event)) ?? path)
        }
        return .ask(
            AuthorizerEvent(
                kind: .httpV2,
                arn: arn,
                requestID: requestID,
                bytes: builder.bytes,
                requests: builder.requests,
                isConsistent: isConsistent
            )
        )
    }

    private static func stage(_ context: Int?, _ event: EventDocument) -> String {
        event.text("stage", of: context).text.map { String(decoding: $0, as: UTF8.self) } ?? "$default"
    }

    /// Whether the route, `METHOD /template` or `$default`, can be the method's.
    private static func isRoute(_ key: EventText, of method: [UInt8]) -> Bool {
        switch key {
        case .absent: return true
        case .malformed: return false
        case .text(let text):
            guard let space = text.firstIndex(of: UInt8(ascii: " ")) else { return true }
            return text[..<space].elementsEqual(method) || text[..<space].elementsEqual(Array("ANY".utf8))
        }
    }

    /// Whether a second word for the path is the same, or not there.
    private static func isSame(_ text: EventText, _ path: [UInt8]) -> Bool { text == .absent || text == .text(path) }
}
