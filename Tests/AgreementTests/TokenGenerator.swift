import JOSE
import TestSupport

/// Makes tokens, most of them with one or two things odd about them: what the header says, what the claims say, how the
/// JSON is written, how the parts are encoded, what became of the signature, what became of the whole text. What is odd is
/// signed along wherever it can be, so that a verifier has to look at it.
struct TokenGenerator {
    let world: AgreementWorld
    var random: SeededGenerator
    private let lots: [Int]

    init(_ world: AgreementWorld, _ random: SeededGenerator) {
        (self.world, self.random) = (world, random)
        lots = world.issuers.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element.weight) }
    }

    /// What is made of one token on its way.
    struct Draft {
        let issuer: AgreementIssuer
        let key: AgreementKey
        /// What the signature is made by; the header may say otherwise.
        var algorithm: SignatureAlgorithm
        let now: Double
        var header: [(String, String)] = []
        var claims: [(String, String)] = []
        var notes: [String] = []
    }

    mutating func next() throws -> GeneratedToken {
        let issuer = world.issuers[pick(lots)]
        let key = pick(issuer.keys)
        let now =
            chance(80) ? 1_800_000_000 : 1_800_000_000 + pick([0.5, 0.25, -30, 30, 1, -1, 59.999, 1e6, -1e9, 1e9])
        var draft = Draft(issuer: issuer, key: key, algorithm: pick(key.algorithms), now: now)
        fillHeader(&draft)
        fillClaims(&draft)
        let header = encoded(written(draft.header, "header", &draft.notes), "header", &draft.notes)
        let claims = encoded(written(draft.claims, "claims", &draft.notes), "claims", &draft.notes)
        let input = header + [UInt8(ascii: ".")] + claims
        let signature = try signature(input, &draft)
        var token = input + [UInt8(ascii: ".")] + encoded(signature, "signature", &draft.notes)
        if chance(9) { mangle(&token, &draft.notes) }
        return GeneratedToken(bytes: token, now: now, algorithm: draft.algorithm, notes: draft.notes)
    }

    mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: choices.indices, using: &random)]
    }

    /// Whether it happens, in so many of a hundred.
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    /// The members as JSON text, which may be written oddly.
    private mutating func written(_ members: [(String, String)], _ part: String, _ notes: inout [String]) -> [UInt8] {
        let plain = "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
        guard chance(5) else { return Array(plain.utf8) }
        let way = pick(JSONWriting.allCases)
        notes.append("\(part) written \(way)")
        return way.write(members, plain)
    }

    /// The bytes as base64url, which may be written oddly.
    private mutating func encoded(_ bytes: [UInt8], _ part: String, _ notes: inout [String]) -> [UInt8] {
        let plain = Base64.urlBytes(bytes)
        guard chance(2) else { return plain }
        let way = pick(TextWriting.allCases)
        notes.append("\(part) encoded \(way)")
        return way.write(bytes, plain)
    }

    /// Something done to the finished text.
    private mutating func mangle(_ token: inout [UInt8], _ notes: inout [String]) {
        let way = pick(TokenMangling.allCases)
        notes.append("token \(way)")
        way.apply(&token, &random)
    }
}
