/// What an HTTP API with payload format 2.0 is set to expect; its events do not say.
package enum ResponseForm: String, Sendable, CaseIterable {
    /// `isAuthorized` and a policy side by side, of which API Gateway takes the one that it is set to.
    case both
    case policy
    case simple
}
