package import StrictJSON

/// Claims of a verified token, as far as somebody asked for them: what a decision line carries and a replay decides with.
package struct ClaimFacts: Sendable, Equatable {
    package struct Value: Sendable, Equatable {
        package let claim: ClaimPath
        package let value: JSONValue

        package init(claim: ClaimPath, value: JSONValue) {
            self.claim = claim
            self.value = value
        }
    }

    package var values: [Value]
    /// Claims that were asked for and that the token does not have, or has as null.
    package var absent: [ClaimPath]

    package init(values: [Value] = [], absent: [ClaimPath] = []) {
        self.values = values
        self.absent = absent
    }

    /// How deep a claim's path may be to count as known. Bounds the recursion of whoever puts a document together.
    static let maximumDepth = 32

    /// Whether it is known what the token says at `claim`, be it nothing. Who asked for one of `scope` and `scp` was told
    /// of the other as well.
    package func knows(_ claim: ClaimPath) -> Bool {
        let wanted = claim.isScope ? ClaimPath.scopes : [claim]
        return wanted.contains { wanted in
            values.contains { $0.claim.covers(wanted) } || absent.contains { $0.covers(wanted) }
        }
    }
}

extension ClaimPath {
    /// The two claims that scopes stand in (RFC 8693 §4.2, and as some issuers write it).
    static let scopes = ["scope", "scp"].compactMap { ClaimPath($0) }

    var isScope: Bool { Self.scopes.contains { $0.isSame(as: self) } }

    /// Whether both name one claim, byte for byte.
    func isSame(as other: ClaimPath) -> Bool { names.count == other.names.count && covers(other) }

    /// Whether `other` is this claim or lies within it.
    func covers(_ other: ClaimPath) -> Bool {
        names.count <= ClaimFacts.maximumDepth && names.count <= other.names.count
            && zip(names, other.names).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }
}
