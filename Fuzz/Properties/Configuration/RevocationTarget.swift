internal import Authorization
internal import Configuration
internal import YAML

/// Files of revocations, which are read piece by piece: the same table however they are cut, and everything that another
/// reader finds in them is revoked.
package final class RevocationTarget: FuzzTarget {
    private static let issuers = ["main", "second"]

    package init() {}

    package func check(_ input: Span<UInt8>) throws(Violation) {
        let bytes = input.array
        let whole = Self.read([bytes[...]])
        var cuts = Cuts(bytes)
        let pieces = Self.read(cuts.pieces(of: bytes, most: 30))
        switch (whole, pieces) {
        case (.failure(let error), .failure(let other)):
            // Which of two faults is told may depend on the cuts: bytes are looked at before what they mean.
            try ErrorShape.check([error, other], bytes)
        case (.success(let table), .success(let other)):
            try require(table.count == other.count, "a file is the same however it is cut")
            try checkEntries(input, table)
        default: throw Violation("a file is accepted or refused however it is cut")
        }
    }

    private static func read(_ pieces: [ArraySlice<UInt8>]) -> Result<RevocationTable, ConfigurationError> {
        var rest = pieces[...]
        return RevocationList.read(file: "revoked.yaml", issuers: issuers) { rest.popFirst().map(Array.init) ?? [] }
    }

    /// `YAMLReader` has limits of its own; what it reads must be in the table.
    private func checkEntries(_ input: Span<UInt8>, _ table: RevocationTable) throws(Violation) {
        guard case .success(let tree) = YAMLReader.read(input, file: "revoked.yaml"),
            case .mapping(let top) = tree.content, case .sequence(let entries)? = top.first?.value.content
        else { return }
        try require(table.count <= entries.count, "no more is revoked than the file says")
        for entry in entries {
            guard case .mapping(let members) = entry.content else { throw Violation("an entry is a mapping") }
            var texts: [String: String] = [:]
            for member in members {
                if case .scalar(let scalar) = member.value.content { texts[member.key] = scalar.text }
            }
            let issuer = texts["issuer"].flatMap { Self.issuers.firstIndex(of: $0) } ?? 1
            let name = Array((texts["jti"] ?? texts["sub"] ?? "").utf8)
            let isRevoked =
                texts["jti"] != nil
                ? table.isRevoked(tokenID: name.span, issuer: issuer)
                : table.revokedBefore(subject: name.span, issuer: issuer) != nil
            try require(isRevoked, "what the file revokes is revoked")
        }
    }
}
