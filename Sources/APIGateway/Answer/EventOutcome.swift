package import Authorization

/// What was decided on an event, and what to tell Lambda.
package struct EventOutcome: Sendable, Equatable {
    package enum Answer: Sendable, Equatable {
        /// The function's result.
        case response([UInt8])
        /// Fail with exactly `Unauthorized`: API Gateway answers 401.
        case unauthorized
        /// Fail with another text: API Gateway answers 500 and remembers nothing.
        case failure
    }

    package let answer: Answer
    /// nil: the event is no JSON object.
    package let decision: Decision?
    package let kind: EventKind?
    /// The name of the rule that decided.
    package let rule: String?
    /// The name of the issuer whose signature held.
    package let issuer: String?
    /// API Gateway's name for the request.
    package let requestID: String?

    /// Whether a secret that is newer than those known might have decided otherwise.
    package var lacksKey: Bool { decision?.reason == .keyUnknown || decision?.reason == .signatureInvalid }
}
