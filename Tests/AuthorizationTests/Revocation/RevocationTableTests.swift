import TestSupport
import Testing

@testable import Authorization

@Suite struct RevocationTableTests {
    private func isRevoked(_ table: RevocationTable, _ id: String, _ issuer: Int) -> Bool {
        let bytes = Array(id.utf8)
        return table.isRevoked(tokenID: bytes.span, issuer: issuer)
    }

    private func moment(_ table: RevocationTable, _ subject: String, _ issuer: Int) -> Double? {
        let bytes = Array(subject.utf8)
        return table.revokedBefore(subject: bytes.span, issuer: issuer)?.seconds
    }

    private func entry(_ subject: String, _ seconds: Double, _ issuer: Int? = nil) -> RevocationEntry {
        RevocationEntry(.subject(subject, issuedBefore: Timestamp(seconds: seconds)), issuer: issuer)
    }

    @Test func an_empty_table_revokes_nothing() {
        let table = RevocationTable([])
        #expect(table.count == 0 && !table.hasTokens && !table.hasSubjects)
        #expect(!isRevoked(table, "", 0) && moment(table, "", 0) == nil)
    }

    @Test func a_token_without_an_issuer_is_revoked_in_all_and_one_with_in_its_own_only() {
        let table = RevocationTable([
            RevocationEntry(.token(id: "everywhere")), RevocationEntry(.token(id: "here"), issuer: 1),
        ])
        #expect([0, 1, 2].map { isRevoked(table, "everywhere", $0) } == [true, true, true])
        #expect([0, 1, 2].map { isRevoked(table, "here", $0) } == [false, true, false])
        #expect(!isRevoked(table, "Here", 1) && !isRevoked(table, "here ", 1) && !isRevoked(table, "", 1))
    }

    @Test func a_jti_is_no_sub_and_a_sub_is_no_jti() {
        let table = RevocationTable([RevocationEntry(.token(id: "a")), entry("b", 5)])
        #expect(moment(table, "a", 0) == nil && !isRevoked(table, "b", 0))
    }

    @Test func of_several_entries_of_a_subject_the_latest_that_speaks_of_the_issuer_counts() {
        let table = RevocationTable([
            entry("u", 10), entry("u", 30, 1), entry("u", 20), entry("u", 25, 1), entry("u", 99, 2),
        ])
        #expect([0, 1, 2].map { moment(table, "u", $0) } == [20, 30, 99])
        #expect(table.count == 3)
    }

    @Test func a_moment_that_is_no_number_revokes_everything() {
        #expect(moment(RevocationTable([entry("u", .nan), entry("u", 3)]), "u", 0) == .infinity)
    }

    @Test func repetitions_count_once() {
        let entries = (0..<10).map { RevocationEntry(.token(id: "\($0 % 2)")) }
        #expect(RevocationTable(entries).count == 2)
    }

    /// Against a set of the standard library, with enough entries for every length of row and a wrap at the end.
    @Test(arguments: [1, 2, 3, 10, 1000, 50_000])
    func it_agrees_with_a_dictionary(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        var tokens: Set<String> = []
        var subjects: [String: Double] = [:]
        var builder = RevocationTableBuilder()
        for _ in 0..<count {
            let number = Int.random(in: 0..<count * 2, using: &generator)
            let issuer = number % 3 == 0 ? nil : number % 3
            let (id, moment) = (Array("id-\(number)".utf8), Double(number % 7))
            builder.add(tokenID: id.span, issuer: issuer)
            builder.add(subject: id.span, issuedBefore: Timestamp(seconds: moment), issuer: issuer)
            for index in 0..<3 where issuer == nil || issuer == index {
                tokens.insert("\(number) \(index)")
                subjects["\(number) \(index)"] = max(subjects["\(number) \(index)"] ?? moment, moment)
            }
        }
        #expect(builder.count == count * 2)
        let table = builder.build()
        var differences = 0
        for number in 0..<count * 2 {
            for index in 0..<3 {
                let key = "\(number) \(index)"
                if isRevoked(table, "id-\(number)", index) != tokens.contains(key) { differences += 1 }
                if moment(table, "id-\(number)", index) != subjects[key] { differences += 1 }
            }
        }
        #expect(differences == 0)
        #expect(builder.count == 0)
    }
}
