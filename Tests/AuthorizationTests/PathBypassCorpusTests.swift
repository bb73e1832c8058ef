import Authorization
import TestSupport
import Testing

/// Paths that got by somebody's authorization, decided without a token.
@Suite(.enabled(if: CorpusFolder.isPresent, Comment(rawValue: CorpusFolder.absence)))
struct PathBypassCorpusTests {
    private struct Case: Decodable {
        let id: String
        let raw_path: String
        let mode: String
        let protected_prefix: String?
        let public_prefix: String?
        let expect: String
        let why: String

        /// The bytes as they stand on the wire: one byte for each character of the file.
        var target: [UInt8] {
            raw_path.unicodeScalars.allSatisfy { $0.value < 256 }
                ? raw_path.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } : Array(raw_path.utf8)
        }

        var isControl: Bool { why.hasPrefix("control") }
    }

    private func world(_ item: Case) -> World {
        if let prefix = item.protected_prefix {
            return World(rules: [World.rule(prefix + "/**"), World.rule("/**", .anonymous)])
        }
        return World(rules: [World.rule((item.public_prefix ?? "") + "/**", .anonymous), World.rule("/**")])
    }

    @Test func no_path_gets_by_and_every_plain_one_gets_through() throws {
        let cases = try CorpusFolder.cases("path-bypass.json", as: Case.self)
        var counts: [String: Int] = [:]
        for item in cases {
            let decision = world(item).decide(TestRequest(item.target))
            let isAllowed = decision.outcome == .allow
            let name = "\(item.id) \(item.raw_path.debugDescription): \(decision.reason)"
            counts["\(item.expect), \(isAllowed ? "allowed" : "refused")", default: 0] += 1
            switch item.expect {
            case "deny": #expect(!isAllowed, "\(name)")
            case "reject": #expect(decision.isTargetMalformed || decision.reason.kind == .refused, "\(name)")
            case "public":
                // Parameters have two readings, which the contract refuses.
                let path = item.raw_path.prefix { $0 != "?" }
                if item.isControl, !path.contains(";") { #expect(isAllowed, "\(name)") }
                #expect(isAllowed || decision.reason.kind == .refused, "\(name)")
            default: Issue.record("\(item.id): an unknown verdict")
            }
        }
        let text = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "; ")
        print("path bypass corpus: \(cases.count) cases: \(text)")
        #expect(cases.count > 400)
    }
}
