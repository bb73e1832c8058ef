/// A header that tells the upstream who was let in. It is always set, empty where the claim is absent, and a client's own
/// copy never passes.
package struct IdentityHeader: Sendable, Equatable {
    /// The field's name as it is written.
    package var header: String
    package var claim: ClaimPath

    package init(header: String, claim: ClaimPath) {
        self.header = header
        self.claim = claim
    }
}
