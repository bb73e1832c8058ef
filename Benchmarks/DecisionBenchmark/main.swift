// What a decision costs inside the process, beside the bare HMAC of the same bytes, in one run. Prints nanoseconds and
// heap allocations per decision; `Benchmarks/decision.sh` prints it with the figures of the whole daemon.

import Authorization
import CAllocationCount
import COpenSSL
import JOSE

let issuer = IssuerPolicy(
    name: "invoker",
    issuer: "https://issuer.example",
    audiences: ["hello-api"],
    algorithms: [.hs256],
    maximumLifetime: nil
)
let secret = Array("a-shared-secret-of-32-bytes-long".utf8)
let now = Timestamp(seconds: 1_800_000_000)
/// How many decisions a figure is taken from; the first argument, where there is one.
let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 500_000

do {
    let keys = try KeyFile(secret.span, requirements: KeyRequirements(algorithms: [.hs256])).keys
    let claims = Array(
        #"{"iss":"https://issuer.example","aud":"hello-api","sub":"alice","exp":1900000000,"iat":1799999990}"#.utf8
    )
    guard let token = JWSSigner.sign(claims: claims, with: keys[0], algorithm: .hs256) else { throw Failure.cannotSign }
    for (ruleCount, keyCount) in [(1, 1), (10, 1), (10_000, 1), (10, 1000)] {
        try measure(token: token, key: keys[0], ruleCount: ruleCount, keyCount: keyCount)
    }
    measureBareHMAC(token: token, key: keys[0])
} catch {
    print("failed: \(error)")
}

enum Failure: Error {
    case cannotSign
    case denied(Reason)
    case noSecret
}

/// A policy of `ruleCount` rules; the request meets the last.
func policy(ruleCount: Int) throws -> Policy {
    var rules: [Rule] = []
    for index in 0..<ruleCount {
        rules.append(
            Rule(
                name: "rule-\(index)",
                match: RequestMatch(path: try PathPattern("/service-\(index)/**"), methods: ["GET", "HEAD"]),
                effect: .require(Requirement(issuer: "invoker"))
            )
        )
    }
    let identity = ClaimPath("sub").map { [IdentityHeader(header: "X-Auth-Request-User", claim: $0)] } ?? []
    return Policy(issuers: [issuer], rules: rules, identityHeaders: identity)
}

/// The signing key without a name first, then keys with names.
func ring(_ key: VerificationKey, count: Int) throws -> KeyRing {
    var keys = [key]
    for index in 1..<max(count, 1) {
        let bytes = Array("another-secret-of-at-least-32-bytes-\(index)".utf8)
        guard let other = SecretKeyBytes(copying: bytes.span) else { throw Failure.noSecret }
        keys.append(VerificationKey(keyID: "key-\(index)", algorithms: [.hs256], material: .secret(other)))
    }
    return KeyRing(keys: keys)
}

func measure(token: String, key: VerificationKey, ruleCount: Int, keyCount: Int) throws {
    let snapshot = AuthorizationSnapshot(
        policy: try policy(ruleCount: ruleCount),
        keyRings: [try ring(key, count: keyCount)],
        generation: 1
    )
    var authorizer = Authorizer(snapshot)
    let method = "GET"
    let target = "/service-\(ruleCount - 1)/hello?x=1"
    let host = "api.example"
    let bytes = Array((method + target + host + token).utf8)
    let targetStart = method.utf8.count
    let hostStart = targetStart + target.utf8.count
    let tokenStart = hostStart + host.utf8.count
    let request = AuthorizationRequest(
        method: 0..<targetStart,
        target: targetStart..<hostStart,
        host: hostStart..<tokenStart,
        credential: .token(tokenStart..<bytes.count, source: 0)
    )
    let decision = authorizer.decide(request, in: bytes.span, now: now)
    guard decision.outcome == .allow else { throw Failure.denied(decision.reason) }
    for _ in 0..<rounds / 10 { _ = authorizer.decide(request, in: bytes.span, now: now) }
    let allocationsBefore = allocation_count()
    let clock = ContinuousClock()
    var allowed = 0
    let elapsed = clock.measure {
        for _ in 0..<rounds where authorizer.decide(request, in: bytes.span, now: now).outcome == .allow {
            allowed += 1
        }
    }
    let allocations = Double(allocation_count() - allocationsBefore) / Double(rounds)
    print(
        "decision, \(ruleCount) rules, \(keyCount) keys: \(nanoseconds(elapsed, rounds)) ns,",
        "\(allocations) allocations, \(allowed == rounds ? "all allowed" : "NOT ALL ALLOWED")"
    )
}

/// libcrypto's own HMAC of the bytes that the token signs, through EVP_MAC with a prepared key, as a program in C would
/// do it.
func measureBareHMAC(token: String, key: VerificationKey) {
    let input = Array(token.utf8.dropLast(44))
    guard let hmac = unsafe EVP_MAC_fetch(nil, "HMAC", nil), let context = unsafe EVP_MAC_CTX_new(hmac) else { return }
    var name = Array("SHA256".utf8CString)
    let isReady = unsafe name.withUnsafeMutableBufferPointer { name in
        let parameters = unsafe [
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0), OSSL_PARAM_construct_end(),
        ]
        return unsafe EVP_MAC_init(context, secret, secret.count, parameters) == 1
    }
    guard isReady else { return }
    var digest = [UInt8](repeating: 0, count: 32)
    var length = 0
    let allocationsBefore = allocation_count()
    let elapsed = ContinuousClock().measure {
        for _ in 0..<rounds {
            _ = unsafe EVP_MAC_init(context, nil, 0, nil)
            _ = unsafe EVP_MAC_update(context, input, input.count)
            _ = unsafe EVP_MAC_final(context, &digest, &length, digest.count)
        }
    }
    let allocations = Double(allocation_count() - allocationsBefore) / Double(rounds)
    let cost = nanoseconds(elapsed, rounds)
    print("bare EVP_MAC of the same \(input.count) bytes: \(cost) ns, \(allocations) allocations")
}

func nanoseconds(_ duration: Duration, _ rounds: Int) -> Double {
    let total = Double(duration.components.seconds) * 1e9 + Double(duration.components.attoseconds) / 1e9
    return Double(Int(total / Double(rounds) * 10)) / 10
}
