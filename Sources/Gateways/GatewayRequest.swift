package import Authorization

/// What a dialect made of a gateway's request.
package enum GatewayRequest: Sendable, Equatable {
    case ask(AuthorizationRequest)
    /// A field that the dialect needs is missing or stands there twice; there is no other field to fall back to.
    case refused(Reason)
}
