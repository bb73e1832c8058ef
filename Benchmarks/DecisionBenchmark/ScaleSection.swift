import Authorization
import JOSE

/// That a decision does not cost more the more rules and keys there are.
enum ScaleSection {
    static func run(rounds: Int) throws {
        let base = try HMACSection.sample()
        var manyRules = base
        manyRules.ruleCount = 10_000
        var manyKeys = base
        for index in 1..<1000 {
            let bytes = Array("another-secret-of-at-least-32-bytes-\(index)".utf8)
            guard let secret = SecretKeyBytes(copying: bytes.span) else { throw Failure.noKey }
            manyKeys.keys.append(
                VerificationKey(keyID: "key-\(index)", algorithms: [.hs256], material: .secret(secret))
            )
        }
        let results = try Measurement.inTurn(
            rounds: rounds,
            [try base.decider(), try manyRules.decider(), try manyKeys.decider()]
        )
        print(results[0].line("10 rules, 1 key"))
        print(results[1].line("10 000 rules, 1 key", against: results[0]))
        print(results[2].line("10 rules, 1000 keys", against: results[0]))
    }
}
