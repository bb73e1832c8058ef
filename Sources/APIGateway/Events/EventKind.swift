/// The events that an authorizer is asked with. The raw value is the word in logs.
package enum EventKind: String, Sendable, CaseIterable {
    /// REST API, authorizer of type TOKEN: the ARN and one header's value are all there is.
    case token = "TOKEN"
    /// REST API, authorizer of type REQUEST.
    case request = "REQUEST"
    /// HTTP API, payload format 1.0.
    case httpV1 = "HTTP-1.0"
    /// HTTP API, payload format 2.0.
    case httpV2 = "HTTP-2.0"
    /// WebSocket API, route `$connect`.
    case webSocket = "WEBSOCKET"

    /// Whether the API may be set to expect `isAuthorized` instead of a policy. The event does not say.
    var mayBeSimple: Bool { self == .httpV2 }
}
