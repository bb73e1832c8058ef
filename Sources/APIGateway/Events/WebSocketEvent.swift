internal import Authorization

/// WebSocket API: only the route `$connect` is ever authorized. It is decided on as `GET /$connect`, since the handshake
/// is a GET (RFC 6455 §4.1) and the API has no paths.
enum WebSocketEvent {
    static func read(_ event: EventDocument, _ reader: EventReader) -> EventReading {
        let requestID = EventReader.requestID(event)
        let arn = EventReader.arn("methodArn", event)
        func refused(_ reason: Reason) -> EventReading {
            .refused(EventRefusal(reason: reason, kind: .webSocket, arn: arn, requestID: requestID))
        }
        let context = event.object("requestContext")
        guard let arn, arn.method == nil, event.text("routeKey", of: context) == .text(Array("$connect".utf8)),
            isConnect(event.text("eventType", of: context))
        else { return refused(.metadataMissing) }
        let host = reader.host(event)
        guard host != .malformed else { return refused(.hostInvalid) }
        var builder = RequestBuilder(
            credential: CredentialReader(sources: reader.sources, isJoined: false).find(event),
            host: host.text
        )
        builder.add(method: Array("GET".utf8), path: Array(arn.path.utf8))
        return .ask(
            AuthorizerEvent(
                kind: .webSocket,
                arn: arn,
                requestID: requestID,
                bytes: builder.bytes,
                requests: builder.requests,
                isConsistent: true
            )
        )
    }

    private static func isConnect(_ text: EventText) -> Bool {
        text == .absent || text == .text(Array("CONNECT".utf8))
    }
}
