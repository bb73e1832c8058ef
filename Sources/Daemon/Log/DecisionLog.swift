package import Authorization
package import Gateways

/// Where decisions are written down, one record each. Called on every event loop; must not block.
package protocol DecisionLog: Sendable {
    /// - Parameters:
    ///   - method: where the request's method stands in `bytes`.
    ///   - claims: which claims of a verified token are written down with it.
    ///   - authorizer: knows the canonical path and host, the rule and the issuer of the decision it has just made.
    func write(
        _ decision: Decision,
        _ door: Door,
        method: Range<Int>,
        in bytes: Span<UInt8>,
        claims: [ClaimPath],
        _ authorizer: borrowing Authorizer
    )
}
