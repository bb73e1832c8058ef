package import Authorization

/// What an event asks.
package struct AuthorizerEvent: Sendable, Equatable {
    package let kind: EventKind
    package let arn: MethodARN
    /// API Gateway's own name for the request, for logs; nil where the event has none.
    package let requestID: String?
    /// All texts of the requests, one after the other.
    package let bytes: [UInt8]
    /// The ways in which the event names the request: nearly always one. All of them must be allowed; the last is what
    /// rules are reported of.
    package let requests: [AuthorizationRequest]
    /// Whether `arn` names the same request as the event's own method and path, so that a policy may say more than it.
    package let isConsistent: Bool
}

/// What came of reading an event.
package enum EventReading: Sendable, Equatable {
    case ask(AuthorizerEvent)
    /// Refused for what it is, without a look at rules or tokens.
    case refused(EventRefusal)
    /// No JSON object: nothing can be said about whom to answer.
    case unreadable
}

/// An event that is refused.
package struct EventRefusal: Sendable, Equatable {
    package let reason: Reason
    /// nil: of a kind that is not known.
    package let kind: EventKind?
    /// nil: the event names none, or none that is one.
    package let arn: MethodARN?
    package let requestID: String?
}
