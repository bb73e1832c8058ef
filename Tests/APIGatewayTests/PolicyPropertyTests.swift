import APIGateway
import Authorization
import TestSupport
import Testing

/// Random policies and requests: what a policy lets through is what the core allows the same token, however API Gateway
/// writes the path in the ARN that it compares.
@Suite struct PolicyPropertyTests {
    private static let words = ["a", "b", "ab", "admin", "Admin", "v1.2", "x-y", "A"]
    private static let odd = [
        "", "..", ".", "%2e", "a%2fb", "a;b", "*", "a%20b", "%61", "a.", "%20", "(a(b))", "a%3bb", "%25", "ADMIN",
        "a#b",
        "~",
    ]
    private static let methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]

    private struct Tally {
        var policies = 0
        var wide = 0
        var compared = 0
        var covered = 0
    }

    @Test func a_policy_covers_nothing_that_is_not_allowed() throws {
        var random = SeededGenerator(seed: 20_261_121)
        var tally = Tally()
        for _ in 0..<600 {
            let world = GatewayWorld(rules: rules(&random))
            for _ in 0..<4 { try check(world, &random, &tally) }
        }
        print(
            "policies: \(tally.policies), with wildcards: \(tally.wide); requests: \(tally.compared), covered: \(tally.covered)"
        )
        #expect(tally.wide > 100 && tally.covered > 1500)
    }

    private func check(_ world: GatewayWorld, _ random: inout SeededGenerator, _ tally: inout Tally) throws {
        let method = Self.methods.randomElement(using: &random) ?? "GET"
        let event = SampleEvent.token(
            "Bearer \(Tokens.good)",
            method + path(&random, isOdd: Int.random(in: 0..<8, using: &random) == 0)
        )
        let outcome = world.outcome(event)
        guard case .response(let bytes) = outcome.answer else { return }
        let response = try Response(bytes)
        #expect(response.allowed.isEmpty == (outcome.decision?.outcome != .allow))
        guard !response.allowed.isEmpty else { return }
        tally.policies += 1
        let isWide = response.allowed.contains { $0.dropFirst(SampleEvent.arnPrefix.count).contains("*") }
        tally.wide += isWide ? 1 : 0
        for _ in 0..<25 {
            let other = Self.methods.randomElement(using: &random) ?? "GET"
            let isOdd = Bool.random(using: &random)
            let path = path(&random, isOdd: isOdd)
            let decision = world.decide(other, path, token: Tokens.good)
            tally.compared += 1
            for spelling in Set([path, decoded(path)].compactMap { $0 })
            where response.allows(SampleEvent.arnPrefix + other + spelling) {
                tally.covered += 1
                #expect(
                    decision.outcome == .allow,
                    "\(rulesText(world)): \(event) covers \(other) \(path): \(response.text)"
                )
            }
            let isSameRule = decision.rule.map { world.policy.rules[$0].name } == outcome.rule
            let isPlain = !isOdd && !path.contains { $0.isUppercase }
            if isWide, isSameRule, isPlain, decision.outcome == .allow {
                #expect(
                    response.allows(SampleEvent.arnPrefix + other + path),
                    "\(rulesText(world)): \(event) leaves out \(other) \(path): \(response.text)"
                )
            }
        }
    }

    private func rules(_ random: inout SeededGenerator) -> [Rule] {
        var rules: [Rule] = []
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let lower = Self.words.filter { $0 == $0.lowercased() }
            let words = Int.random(in: 0..<6, using: &random) == 0 ? Self.words : lower
            var parts = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                Int.random(in: 0..<5, using: &random) == 0 ? "*" : words.randomElement(using: &random) ?? "a"
            }
            if parts.isEmpty || Int.random(in: 0..<2, using: &random) == 0 { parts.append("**") }
            let path = "/" + parts.joined(separator: "/")
            let count = [0, 0, 1, 2].randomElement(using: &random) ?? 0
            let methods = Array(Self.methods.shuffled(using: &random).prefix(count))
            let effects: [Rule.Effect] = [
                .require(Requirement()), .require(Requirement()), .require(Requirement(scopes: ["read"])),
                .require(Requirement(scopes: ["write"])), .deny, .anonymous,
            ]
            let rule = GatewayWorld.rule(path, methods: methods, effects.randomElement(using: &random) ?? .deny)
            // The configuration refuses rules that are never asked.
            let isTaken = rules.contains {
                $0.match.path == rule.match.path
                    || $0.match.path.segments == rule.match.path.segments
                        && $0.match.path.coversBelow == rule.match.path.coversBelow
            }
            if !isTaken { rules.append(rule) }
        }
        return rules
    }

    private func path(_ random: inout SeededGenerator, isOdd: Bool) -> String {
        let count = Int.random(in: 0...4, using: &random)
        let parts = (0..<count).map { _ in
            let words = isOdd && Int.random(in: 0..<3, using: &random) == 0 ? Self.odd : Self.words
            return words.randomElement(using: &random) ?? "a"
        }
        let path = "/" + parts.joined(separator: "/")
        return isOdd && Int.random(in: 0..<4, using: &random) == 0 ? path + "/" : path
    }

    /// Percent-encoding taken away once. nil where an encoded slash became one, which no policy could tell, and where nothing printable of ASCII is left, or a question mark, which IAM's
    /// words cannot tell from their own.
    private func decoded(_ path: String) -> String? {
        guard !path.lowercased().contains("%2f") else { return nil }
        let bytes = Array(path.utf8)
        var output: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let byte = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                output.append(byte)
                index += 3
            } else {
                output.append(bytes[index])
                index += 1
            }
        }
        return output.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") }
            ? String(decoding: output, as: UTF8.self) : nil
    }

    private func rulesText(_ world: GatewayWorld) -> String {
        world.policy.rules.map { "\($0.name) \($0.effect)" }.joined(separator: ", ")
    }
}
