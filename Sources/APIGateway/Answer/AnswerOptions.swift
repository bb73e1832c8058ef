/// How decisions are told.
package struct AnswerOptions: Sendable, Equatable {
    /// Whether a bad or missing credential becomes the error `Unauthorized` (401) rather than a Deny policy (403).
    package var failsUnauthorized: Bool
    package var form: ResponseForm
    /// Whether an Allow carries the token's `exp` as a condition.
    package var writesExpiry: Bool

    package init(failsUnauthorized: Bool = false, form: ResponseForm = .both, writesExpiry: Bool = false) {
        self.failsUnauthorized = failsUnauthorized
        self.form = form
        self.writesExpiry = writesExpiry
    }
}
