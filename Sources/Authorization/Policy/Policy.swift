/// Everything a decision depends on besides the request, the clock and the keys: what an operator writes down.
/// Validated by `Configuration` before it gets here.
package struct Policy: Sendable, Equatable {
    package var issuers: [IssuerPolicy]
    package var rules: [Rule]
    package var identityHeaders: [IdentityHeader]
    /// The longest token that is looked at, in bytes.
    package var maximumTokenBytes: Int

    package init(
        issuers: [IssuerPolicy],
        rules: [Rule],
        identityHeaders: [IdentityHeader] = [],
        maximumTokenBytes: Int = 8192
    ) {
        self.issuers = issuers
        self.rules = rules
        self.identityHeaders = identityHeaders
        self.maximumTokenBytes = maximumTokenBytes
    }
}
