import Authorization
import COpenSSL
import JOSE

/// RS256, ES256 and EdDSA decisions beside libcrypto's own verification of the same signature.
enum PublicKeySection {
    static func run(rounds: Int) throws {
        let pairs: [(SignatureAlgorithm, KeyPair?)] = [
            (.rs256, KeyPair(rsaBits: 2048)), (.es256, KeyPair(curve: "P-256")), (.ed25519, KeyPair(EVP_PKEY_ED25519)),
        ]
        for (algorithm, pair) in pairs {
            guard let pair else { throw Failure.noKey }
            try measure(algorithm, pair, rounds: rounds)
        }
    }

    private static func measure(_ algorithm: SignatureAlgorithm, _ pair: KeyPair, rounds: Int) throws {
        let header = Array(#"{"alg":"\#(algorithm.rawValue)","typ":"JWT"}"#.utf8)
        let claims = Sample.claims
        var input: [UInt8] = []
        Base64URL.encode(header.span, to: &input)
        input.append(UInt8(ascii: "."))
        Base64URL.encode(claims.span, to: &input)
        guard let signature = pair.sign(input, isHashed: algorithm != .ed25519) else {
            throw Failure.cannotSign
        }
        var token = input
        token.append(UInt8(ascii: "."))
        let raw = algorithm == .es256 ? pair.raw(signature) : signature
        Base64URL.encode(raw.span, to: &token)
        let key = VerificationKey(keyID: nil, algorithms: [algorithm], material: .publicKey(try pair.publicKey()))
        let sample = Sample(keys: [key], algorithm: algorithm, token: String(decoding: token, as: UTF8.self))
        var unknown = sample
        unknown.rememberedTokens = 0
        let results = try Measurement.inTurn(
            rounds: rounds / 50,
            [
                { pair.verify(signature, input, isHashed: algorithm != .ed25519, times: $0) },
                try unknown.decider(), try sample.decider(),
            ]
        )
        print(results[0].line("bare EVP_DigestVerify, \(algorithm.rawValue)"))
        print(results[1].line("\(algorithm.rawValue) decision", against: results[0]))
        print(results[2].line("\(algorithm.rawValue) decision, token seen before"))
    }
}
