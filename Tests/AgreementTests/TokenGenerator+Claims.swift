import TestSupport

extension TokenGenerator {
    /// Times that are none, or none that two readers need agree on.
    private static let oddTimes = [
        "\"1800000060\"", "\"\"", "null", "true", "false", "[]", "[1800000060]", "{}", "-1", "0", "-0", "1e400",
        "-1e400", "1e10",
        "1.8e9", "1.9E+9", "9007199254740991", "9007199254740992", "-9007199254740992", "9223372036854775807",
        "9223372036854775808", "99999999999999999999999999", "1e16", "253402300799", "253402300800", "NaN", "Infinity",
        "01",
        "+1", "0x7fffffff", "1800000060.", ".5", "1_800_000_060", "4102444800",
    ]
    private static let audiences = [
        "\"api\"", "[\"api\"]", "[\"x\",\"api\"]", "[\"api\",\"api\"]", "\"other\"", "[\"other\"]", "\"API\"",
        "\"api \"", "\"ap\"",
        "\"\"", "[]", "[\"\"]", "null", "1", "true", "{\"api\":1}", "[\"api\",1]", "[1]", "[[\"api\"]]",
        "[null,\"api\"]",
        "\"\\u0061pi\"", "\"api,other\"", "\"*\"",
    ]
    private static let registered = [
        "\"alice\"", "\"\"", "1", "null", "true", "[\"alice\"]", "{}", "1.5", "\"\\ud800\"", "\"\\u0000\"",
    ]
    private static let extras = [
        ("scope", "\"a b\""), ("scp", "[\"a\"]"), ("scope", "1"), ("name", "\"J\u{00FC}rgen \\ud83d\\ude00\""),
        ("empty", "{}"),
        ("deep", "[[[[[[[[[[1]]]]]]]]]]"), ("number", "1e308"), ("number", "123456789012345678901234567890"), ("", "1"),
        ("EXP", "1"), ("e\\u0078p ", "1"), ("lone", "\"\\udfff\""), ("text", "\"a\\/b\\\"c\""),
        ("list", "[1,2,3,null,true]"),
        ("realm_access", "{\"roles\":[\"admin\"]}"), ("exp2", "1"), ("iss ", "\"x\""), ("text", "\"\u{2028}\u{FEFF}\""),
    ]

    mutating func fillClaims(_ draft: inout Draft) {
        draft.claims = [("iss", "\"\(draft.issuer.issuer)\"")]
        let isNeeded = draft.issuer.required.contains("sub")
        if isNeeded || chance(60) {
            draft.claims.append(("sub", "\"user-\(Int.random(in: 0..<1_000_000, using: &random))\""))
        }
        if !draft.issuer.audiences.isEmpty || chance(50) { draft.claims.append(("aud", "\"api\"")) }
        draft.claims.append(("iat", time(draft, [-10, -1, 0, -3000, -60.5])))
        draft.claims.append(("exp", time(draft, [1, 2, 30, 60, 300, 59.75])))
        if chance(20) { draft.claims.append(("nbf", time(draft, [-10, -1, 0, -3000]))) }
        if chance(60) { draft.claims.append(("jti", "\"\(String(random.next(), radix: 36))\"")) }
        if chance(25) { changeTime(&draft) }
        if chance(12) { change("aud", pick(Self.audiences), &draft) }
        if chance(5) { change("iss", issuerText(draft), &draft) }
        if chance(5) { change(pick(["sub", "jti", "iss"]), pick(Self.registered), &draft) }
        if chance(4) { remove(&draft) }
        if chance(10) {
            let extra = pick(Self.extras)
            draft.claims.append(extra)
            draft.notes.append("claim \(extra)")
        }
        if chance(2) { repeatMember(&draft.claims, "claims", &draft.notes) }
        if chance(10) { draft.claims.shuffle(using: &random) }
        if chance(1) { pad(&draft) }
    }

    /// A moment so far from now, as JSON.
    private mutating func time(_ draft: Draft, _ offsets: [Double]) -> String { Self.number(draft.now + pick(offsets)) }

    private static func number(_ value: Double) -> String {
        value == value.rounded() ? String(Int64(value)) : "\(value)"
    }

    private mutating func changeTime(_ draft: inout Draft) {
        let name = pick(["exp", "exp", "nbf", "iat"])
        let leeway = draft.issuer.leeway
        let edges = [
            0, 1, -1, 0.5, -0.5, leeway, -leeway, leeway + 1, -leeway - 1, leeway - 0.5, 0.5 - leeway, 86_400, 1e8,
            -1e8, 3600, 3601,
        ]
        let value = chance(55) ? time(draft, edges) : pick(Self.oddTimes)
        change(name, value, &draft)
    }

    private mutating func issuerText(_ draft: Draft) -> String {
        let own = draft.issuer.issuer
        let other = pick(world.issuers).issuer
        return pick([
            "\"\(other)\"", "\"\(own)/\"", "\"\(own.uppercased())\"", "\"\(own) \"",
            "\"\(own.replacing("/", with: "\\/"))\"",
            "[\"\(own)\"]", "\"\"", "\"https://nobody.example\"", "null", "1", "\"\(own)\\u0000\"",
            "\"\\u0068\(own.dropFirst())\"",
            "{\"\(own)\":1}", "\"\(own.replacing("https", with: "http"))\"",
        ])
    }

    private mutating func change(_ name: String, _ value: String, _ draft: inout Draft) {
        draft.notes.append("\(name) \(value)")
        if let index = draft.claims.firstIndex(where: { $0.0 == name }) {
            draft.claims[index].1 = value
        } else {
            draft.claims.append((name, value))
        }
    }

    private mutating func remove(_ draft: inout Draft) {
        let index = Int.random(in: draft.claims.indices, using: &random)
        draft.notes.append("without \(draft.claims[index].0)")
        draft.claims.remove(at: index)
    }

    /// Long tokens and deep ones, some beyond what authd takes.
    private mutating func pad(_ draft: inout Draft) {
        if chance(50) {
            let count = pick([1000, 5000, 6500, 10_000, 40_000])
            draft.claims.append(("pad", "\"" + String(repeating: "p", count: count) + "\""))
            draft.notes.append("padded by \(count)")
        } else {
            let depth = pick([20, 62, 63, 64, 65, 100, 400])
            draft.claims.append(("deep", String(repeating: "[", count: depth) + String(repeating: "]", count: depth)))
            draft.notes.append("nested \(depth) deep")
        }
    }
}
