import Authorization
import Foundation
import JOSE
import TestSupport
import Testing

/// authd beside verifiers that others wrote: swift-crypto with Foundation, PyJWT, joserfc. Wherever they differ, authd is
/// stricter, or a standard says that it is right; every difference falls under a written rule (`Difference`).
@Suite struct TokenAgreementTests {
    private static let count = 100_000

    @Test(.enabled(if: PythonJudge.isExpected, "PyJWT and joserfc are not installed: run scripts/bootstrap --tests"))
    func a_hundred_thousand_tokens_are_judged_as_by_others_or_more_strictly() throws {
        var random = SeededGenerator(seed: 0x0A17_4D03)
        let world = try AgreementWorld(&random)
        let tokens = try generate(world, random)
        let directory = try TemporaryDirectory()
        try write(tokens, world, to: directory)
        let judges = try PythonJudge.Library.allCases.map { ($0, try PythonJudge($0, in: directory)) }
        let own = try decide(tokens, world)
        let verifier = CryptoVerifier(world)
        let independent = tokens.map { verifier.judge($0) }
        var tally = AgreementTally()
        for (token, reason) in zip(tokens, own) {
            tally.count("authd: \(reason.rawValue)")
            if reason == .allowed { tally.count("authd: allowed \(token.algorithm.rawValue)") }
        }
        var facts: [String] = []
        for (library, judge) in judges {
            let answers = try judge.answers()
            try #require(answers.count == tokens.count)
            facts = answers.map(\.facts)
            compare(tokens, own, answers.map(\.verdict), facts, .python(library), &tally)
        }
        compare(tokens, own, independent, facts, .swiftCrypto, &tally)
        print("\(tokens.count) tokens\n\(tally.lines)")
        #expect(tally["authd: allowed"] > Self.count / 5 && tally["authd: allowed"] < Self.count * 4 / 5)
        for reason in Reason.ofTokens { #expect(tally["authd: \(reason.rawValue)"] > 0, "\(reason) never occurred") }
        for algorithm in SignatureAlgorithm.allCases {
            #expect(tally["authd: allowed \(algorithm.rawValue)"] > 100, "\(algorithm)")
        }
    }

    /// Different tokens, as many as are asked for.
    private func generate(_ world: AgreementWorld, _ random: SeededGenerator) throws -> [GeneratedToken] {
        var generator = TokenGenerator(world, random)
        var seen: Set<[UInt8]> = []
        var tokens: [GeneratedToken] = []
        while tokens.count < Self.count {
            let token = try generator.next()
            if seen.insert(token.bytes).inserted { tokens.append(token) }
        }
        return tokens
    }

    private func write(_ tokens: [GeneratedToken], _ world: AgreementWorld, to directory: TemporaryDirectory) throws {
        try world.json().write(to: URL(fileURLWithPath: directory.file("world")))
        var lines = Data()
        for token in tokens {
            lines.append(Data("\(token.now) ".utf8))
            lines.append(Data(token.bytes).base64EncodedData())
            lines.append(0x0A)
        }
        try lines.write(to: URL(fileURLWithPath: directory.file("cases")))
    }

    private func decide(_ tokens: [GeneratedToken], _ world: AgreementWorld) throws -> [Reason] {
        var authorizer = try world.authorizer()
        let line = Array("GET / ".utf8)
        return tokens.map { token in
            let bytes = line + token.bytes
            let request = AuthorizationRequest(
                method: 0..<3,
                target: 4..<5,
                host: nil,
                credential: .token(line.count..<bytes.count, source: 0)
            )
            return authorizer.decide(request, in: bytes.span, now: Timestamp(seconds: token.now)).reason
        }
    }

    private func compare(
        _ tokens: [GeneratedToken],
        _ own: [Reason],
        _ others: [Verdict],
        _ facts: [String],
        _ other: Difference.Other,
        _ tally: inout AgreementTally
    ) {
        var unexplained = 0
        for index in tokens.indices {
            let isAllowed = own[index] == .allowed
            switch others[index] {
            case .unable:
                tally.count("\(other): does not have the algorithm")
                continue
            case .allow where isAllowed, .deny where !isAllowed:
                tally.count("\(other): agrees to \(isAllowed ? "allow" : "deny")")
                continue
            case .allow, .deny: break
            }
            let difference = Difference.allCases.first {
                $0.isStrict != isAllowed && $0.explains(tokens[index], facts[index], own[index], other)
            }
            guard let difference else {
                unexplained += 1
                if unexplained > 20 { continue }
                Issue.record(
                    "\(other) says \(others[index]), authd \(own[index].rawValue): \(tokens[index].notes) \(facts[index]) \(tokens[index].now) \(tokens[index].text)"
                )
                continue
            }
            tally.count("\(other): \(isAllowed ? "denies" : "allows") \(difference.rawValue)")
        }
        #expect(unexplained == 0, "\(other): \(unexplained) differences that no rule explains")
    }
}

extension Reason {
    /// What a token alone can be refused for.
    static let ofTokens: [Reason] = [
        .tokenMalformed, .tokenTooLong, .algorithmNotAllowed, .criticalHeaderUnsupported, .typeNotAllowed,
        .issuerUnknown,
        .keyUnknown, .signatureInvalid, .tokenExpired, .tokenNotYetValid, .issuedInFuture, .lifetimeTooLong,
        .claimMissing,
        .claimMalformed, .audienceMismatch,
    ]
}
