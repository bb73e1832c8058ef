/// A claim that must have, or contain, one of some values.
package struct ClaimRequirement: Sendable, Equatable {
    package var claim: ClaimPath
    /// Any of these; never empty.
    package var anyOf: [ClaimLiteral]

    package init(claim: ClaimPath, anyOf: [ClaimLiteral]) {
        self.claim = claim
        self.anyOf = anyOf
    }
}

/// A value that a claim is compared with, of the same JSON type only.
package enum ClaimLiteral: Sendable, Equatable {
    case string(String)
    case integer(Int64)
    case bool(Bool)
}
