import Authorization

/// What a lookup among a million revocations costs, and what they take. Each lookup asks for another name, so that the
/// table lies in no near cache, as in a daemon with many clients.
enum RevocationSection {
    private static let entries = 1_000_000
    /// As long as a UUID.
    private static let nameBytes = 36
    private static let asked = 1 << 16

    static func run(rounds: Int) throws {
        let (tokens, subjects) = (
            table { $0.add(tokenID: $1) }, table { $0.add(subject: $1, issuedBefore: Sample.now) }
        )
        // Every sixteenth entry, so that they are spread over the list; and names that are not in it.
        let present = names(first: 0, step: entries / asked)
        let absent = names(first: entries, step: 1)
        let results = try Measurement.inTurn(
            rounds: rounds * 5,
            [
                asking(absent) { tokens.isRevoked(tokenID: $0, issuer: 0) ? 1 : 0 },
                asking(present) { tokens.isRevoked(tokenID: $0, issuer: 0) ? 1 : 0 },
                asking(absent) { subjects.revokedBefore(subject: $0, issuer: 0) == nil ? 0 : 1 },
                asking(present) { subjects.revokedBefore(subject: $0, issuer: 0) == nil ? 0 : 1 },
            ]
        )
        print(results[0].line("jti among 1 000 000 revocations, not there"))
        print(results[1].line("jti among 1 000 000 revocations, there"))
        print(results[2].line("sub among 1 000 000 revocations, not there"))
        print(results[3].line("sub among 1 000 000 revocations, there"))
        let bytes = [tokens, subjects].map { table in "\(table.byteCount / table.count)" }
        print("memory of 1 000 000 revocations: \(bytes[0]) bytes for each jti, \(bytes[1]) for each sub")
    }

    private static func table(_ add: (inout RevocationTableBuilder, Span<UInt8>) -> Void) -> RevocationTable {
        var builder = RevocationTableBuilder()
        for index in 0..<entries {
            let name = name(index)
            add(&builder, name.span)
        }
        return builder.build()
    }

    private static func names(first: Int, step: Int) -> [UInt8] {
        (0..<asked).flatMap { name(first + $0 * step) }
    }

    private static func name(_ index: Int) -> [UInt8] {
        let digits = Array("\(index)".utf8)
        return [UInt8](repeating: UInt8(ascii: "-"), count: nameBytes - digits.count) + digits
    }

    /// Asks for one name after the other: each lies elsewhere in the table, and in a near cache itself, as the claim of a
    /// token that was just read does.
    private static func asking(_ names: [UInt8], _ ask: @escaping (Span<UInt8>) -> Int) -> (Int) -> Void {
        return { times in
            var found = 0
            var index = 0
            for _ in 0..<times {
                index = (index &+ 1) & (asked - 1)
                let start = index * nameBytes
                found += ask(names.span.extracting(start..<start + nameBytes))
            }
            precondition(found == 0 || found == times)
        }
    }
}
