import JOSE

extension TokenGenerator {
    private static let algorithmTexts = [
        "\"none\"", "\"None\"", "\"NONE\"", "\"nOnE\"", "\"\"", "\"hs256\"", "\"HS256 \"", "\"HS1\"", "\"RS1\"",
        "\"ES256K\"",
        "\"A128KW\"", "\"dir\"", "\"EdDSA \"", "\"ed25519\"", "null", "1", "true", "[\"HS256\"]", "{\"a\":1}",
        "\"HS256\\u0000\"",
    ]
    private static let typeTexts = [
        "\"JWT\"", "\"jwt\"", "\"at+jwt\"", "\"AT+JWT\"", "\"application/at+jwt\"", "\"\"", "\"JOSE\"", "\"at+jwt \"",
        "null",
        "1", "[\"at+jwt\"]", "\"id+jwt\"", "\"Application/JWT\"",
    ]
    private static let keyTexts = [
        "\"\"", "\"a\"", "\"b\"", "\"x\"", "\"one\"", "\"A\"", "\"../../../dev/null\"", "\"' OR '1'='1\"", "null", "1",
        "[\"a\"]",
        "\"a\\u0000\"", "\"\\u0061\"", "\"unknown\"", "true", "\"\\ud83d\\ude00\"",
    ]
    private static let extensionMembers = [
        ("crit", "[\"exp\"]"), ("crit", "[]"), ("crit", "\"exp\""), ("crit", "null"), ("crit", "[\"b64\"]"),
        ("crit", "[1]"),
        ("crit", "[\"alg\"]"), ("b64", "true"), ("b64", "false"), ("b64", "null"), ("b64", "\"false\""), ("crit", "{}"),
        ("crit", "[\"http://example.com/UNDEFINED\"]"), ("crit", "[\"kid\"]"),
    ]
    private static let otherMembers = [
        ("jku", "\"http://127.0.0.1:1/keys\""), ("x5u", "\"http://127.0.0.1:1/c\""),
        ("jwk", "{\"kty\":\"oct\",\"k\":\"AAAA\"}"),
        ("x5c", "[\"MIIB\"]"), ("x5t", "\"AAAA\""), ("cty", "\"JWT\""), ("zip", "\"DEF\""), ("enc", "\"A128GCM\""),
        ("nonce", "\"abc\""), ("x", "[1,{\"y\":[]}]"), ("jku", "1"), ("cty", "null"), ("jwk", "\"none\""),
        ("x5c", "\"a\""),
        ("Alg", "\"none\""), ("ALG", "\"none\""), ("alg ", "\"none\""), ("iss", "\"x\""), ("exp", "1"),
        ("p2c", "1000000000"),
    ]

    mutating func fillHeader(_ draft: inout Draft) {
        draft.header = [("alg", "\"\(draft.algorithm.rawValue)\"")]
        let needsType = !draft.issuer.types.isEmpty
        if needsType || chance(40) { draft.header.append(("typ", needsType ? "\"at+jwt\"" : "\"JWT\"")) }
        if let keyID = draft.key.keyID, chance(85) { draft.header.append(("kid", "\"\(keyID)\"")) }
        if chance(10) { changeAlgorithm(&draft) }
        if chance(6) { set("typ", pick(Self.typeTexts), &draft) }
        if chance(6) { set("kid", pick(Self.keyTexts), &draft) }
        if chance(3) {
            let member = pick(Self.extensionMembers)
            draft.header.append(member)
            draft.notes.append("header \(member)")
            if member.0 == "crit", member.1.contains("b64"), chance(50) {
                draft.header.append(("b64", chance(50) ? "true" : "false"))
            }
        }
        if chance(5) {
            let member = pick(Self.otherMembers)
            draft.header.append(member)
            draft.notes.append("header \(member)")
        }
        if chance(2) { repeatMember(&draft.header, "header", &draft.notes) }
    }

    /// Another algorithm in the header, signed as it says where the key can, or not at all changed.
    private mutating func changeAlgorithm(_ draft: inout Draft) {
        if chance(50) {
            set("alg", pick(Self.algorithmTexts), &draft)
        } else {
            let named = pick(SignatureAlgorithm.allCases)
            set("alg", "\"\(named.rawValue)\"", &draft)
            if named.family == draft.algorithm.family, chance(60) { draft.algorithm = named }
        }
        if chance(5) { draft.header.removeAll { $0.0 == "alg" } }
    }

    private mutating func set(_ name: String, _ value: String, _ draft: inout Draft) {
        draft.notes.append("\(name) \(value)")
        if let index = draft.header.firstIndex(where: { $0.0 == name }) {
            draft.header[index].1 = value
        } else {
            draft.header.append((name, value))
        }
    }

    /// The same name a second time, plain or escaped, with the same value or another one, before or behind.
    mutating func repeatMember(_ members: inout [(String, String)], _ part: String, _ notes: inout [String]) {
        guard let member = members.randomElement(using: &random), let first = member.0.utf8.first else { return }
        let name = chance(50) ? member.0 : "\\u00" + String(first, radix: 16) + member.0.dropFirst()
        let values = [member.1, "\"none\"", "1", "9999999999", "\"api\"", "null", "\"HS256\""]
        notes.append("\(part) repeats \(member.0)")
        members.insert((name, pick(values)), at: Int.random(in: 0...members.count, using: &random))
    }
}
