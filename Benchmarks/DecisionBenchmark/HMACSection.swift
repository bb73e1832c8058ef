import Authorization
import COpenSSL
import JOSE

/// HS256 decisions beside libcrypto's own HMAC of the same bytes.
enum HMACSection {
    static let secret = Array("a-shared-secret-of-32-bytes-long".utf8)

    static func run(rounds: Int) throws {
        let sample = try sample()
        var unknown = sample
        unknown.rememberedTokens = 0
        let bare = try BareMAC(secret, input: Array(sample.token.utf8.dropLast(44)))
        let results = try Measurement.inTurn(
            rounds: rounds,
            [{ bare.compute($0) }, try sample.decider(), try unknown.decider()]
        )
        print(results[0].line("bare EVP_MAC (HMAC-SHA-256) of \(bare.input.count) bytes"))
        print(results[1].line("HS256 decision", against: results[0]))
        print(results[2].line("HS256 decision, token never seen before", against: results[0]))
    }

    static func sample() throws -> Sample {
        let keys = try KeyFile(secret.span, requirements: KeyRequirements(algorithms: [.hs256])).keys
        guard let token = JWSSigner.sign(claims: Sample.claims, with: keys[0], algorithm: .hs256) else {
            throw Failure.cannotSign
        }
        return Sample(keys: keys, algorithm: .hs256, token: token)
    }
}

/// libcrypto's HMAC through EVP_MAC with a prepared key, as a program in C would do it.
@safe
final class BareMAC {
    let input: [UInt8]
    private let context: OpaquePointer
    private var digest = [UInt8](repeating: 0, count: 32)

    init(_ secret: [UInt8], input: [UInt8]) throws {
        guard let hmac = unsafe EVP_MAC_fetch(nil, "HMAC", nil), let context = unsafe EVP_MAC_CTX_new(hmac) else {
            throw Failure.noKey
        }
        self.input = input
        unsafe self.context = context
        var name = Array("SHA256".utf8CString)
        let isReady = unsafe name.withUnsafeMutableBufferPointer { name in
            let parameters = unsafe [
                OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0),
                OSSL_PARAM_construct_end(),
            ]
            return unsafe EVP_MAC_init(context, secret, secret.count, parameters) == 1
        }
        guard isReady else { throw Failure.noKey }
    }

    func compute(_ times: Int) {
        var length = 0
        for _ in 0..<times {
            _ = unsafe EVP_MAC_init(context, nil, 0, nil)
            _ = unsafe EVP_MAC_update(context, input, input.count)
            _ = unsafe EVP_MAC_final(context, &digest, &length, digest.count)
        }
    }
}
