import Authorization
import TestSupport
import Testing

@Suite struct RuleReferenceTests {
    private static let hosts: [String?] = [nil, nil, "a.example", "b.example", "*.example", "*.a.example", "[::1]"]
    private static let requestHosts = [
        "a.example", "b.example", "c.example", "x.a.example", "y.x.a.example", "other", "[::1]",
    ]
    private static let methods = ["GET", "HEAD", "POST", "PUT"]

    /// Rules with different (path, host, method) each, over few names so that they meet often.
    private func rules(_ count: Int, names: [String], depth: Int, _ random: inout SeededGenerator) -> [Rule] {
        var seen: Set<String> = []
        var rules: [Rule] = []
        while rules.count < count {
            var path = ""
            for _ in 0..<Int.random(in: 0...depth, using: &random) {
                path +=
                    "/"
                    + (Int.random(in: 0..<4, using: &random) == 0 ? "*" : names.randomElement(using: &random) ?? "x")
            }
            switch Int.random(in: 0..<4, using: &random) {
            case 0: path += "/**"
            case 1: path += "/"
            default: path += path.isEmpty ? "/" : ""
            }
            let host = Self.hosts.randomElement(using: &random) ?? nil
            let methods = Bool.random(using: &random) ? [] : [Self.methods.randomElement(using: &random) ?? "GET"]
            guard seen.insert("\(path) \(host ?? "") \(methods)").inserted else { continue }
            rules.append(World.rule(path, host: host, methods: methods, .anonymous))
        }
        return rules
    }

    private func path(names: [String], depth: Int, _ random: inout SeededGenerator) -> String {
        let segments = (0..<Int.random(in: 0...depth, using: &random)).map { _ in
            names.randomElement(using: &random) ?? "x"
        }
        let path = "/" + segments.joined(separator: "/")
        return Int.random(in: 0..<5, using: &random) == 0 && path != "/" ? path + "/" : path
    }

    private func compare(_ rules: [Rule], names: [String], depth: Int, requests: Int, _ random: inout SeededGenerator) {
        let reference = ReferenceMatcher(rules)
        var authorizer = World(rules: rules).authorizer()
        for _ in 0..<requests {
            let path = path(names: names, depth: depth, &random)
            let host = Self.requestHosts.randomElement(using: &random) ?? ""
            let method = (Self.methods + ["DELETE"]).randomElement(using: &random) ?? ""
            let decision = authorizer.decide(TestRequest(path, method: method, host: host))
            let outcome: ReferenceMatcher.Outcome? =
                switch decision.reason {
                case .allowed: decision.rule.map { .rule($0) }
                case .noRule: ReferenceMatcher.Outcome.none
                case .methodNotAllowed: .otherMethod
                case .pathAmbiguous: .ambiguous
                default: nil
                }
            #expect(outcome == reference.match(path: path, host: host, method: method), "\(method) \(host)\(path)")
        }
    }

    @Test func ten_thousand_rules_decide_as_the_reference_does() {
        var random = SeededGenerator(seed: 9)
        let names = ["a", "b", "c", "d", "e", "F"]
        let rules = rules(10_000, names: names, depth: 5, &random)
        compare(rules, names: names + ["f", "A"], depth: 6, requests: 150, &random)
    }

    @Test func small_tables_decide_as_the_reference_does() {
        var random = SeededGenerator(seed: 10)
        for round in 0..<100 {
            // In half of the tables only requests have upper-case letters.
            let names = round.isMultiple(of: 2) ? ["a", "b", "B"] : ["a", "b"]
            let rules = rules(Int.random(in: 1...25, using: &random), names: names, depth: 3, &random)
            compare(rules, names: names + ["A", "B", "x"], depth: 4, requests: 100, &random)
        }
    }
}
