/// Everything a decision depends on besides the request, the clock and the keys: what an operator writes down.
/// Validated by `Configuration` before it gets here.
package struct Policy: Sendable, Equatable {
    package var issuers: [IssuerPolicy]
    package var rules: [Rule]
    /// Set for every rule's requests.
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

    /// The names of all headers that tell who was let in, the policy's and then the rules', each once, compared without
    /// case. Every one is set or removed for every request, whatever its rule; `IdentityValues` has one range for each.
    package var identityHeaderNames: [String] {
        var seen: Set<[UInt8]> = []
        return (identityHeaders + rules.flatMap(\.headers)).map(\.header)
            .filter { seen.insert($0.utf8.map(\.lowercasedASCII)).inserted }
    }
}
