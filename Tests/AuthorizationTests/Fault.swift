import Authorization
import Testing

/// One thing that is wrong with a request.
struct Fault: Sendable, CustomTestStringConvertible {
    let reason: Reason
    /// Faults of one group are two values of one thing and cannot be there together.
    let group: String
    let add: @Sendable (inout FaultyRequest) -> Void

    var testDescription: String { "\(reason.rawValue) by \(group)" }

    private static func claim(_ reason: Reason, _ name: String, _ value: String?) -> Fault {
        Fault(reason: reason, group: "claim \(name)") { $0.claims[name] = .some(value) }
    }

    private static func header(_ reason: Reason, _ name: String, _ value: String) -> Fault {
        Fault(reason: reason, group: "header \(name)") { $0.headerMembers[name] = value }
    }

    private static func seconds(_ offset: Int) -> String { "\(Int(FaultyRequest.now) + offset)" }

    /// All faults in the fixed order of the contract.
    static let inOrder: [Fault] = [
        Fault(reason: .pathAmbiguous, group: "target") { $0.target = "/api/../closed" },
        Fault(reason: .metadataMissing, group: "host") { $0.host = nil },
        Fault(reason: .hostInvalid, group: "host") { $0.host = "a b" },
        Fault(reason: .noRule, group: "target") { $0.target = "/elsewhere" },
        Fault(reason: .pathAmbiguous, group: "target") { $0.target = "/api/secret" },
        Fault(reason: .methodNotAllowed, group: "method") { $0.method = "POST" },
        Fault(reason: .ruleDenies, group: "target") { $0.target = "/closed/x" },
        Fault(reason: .tokenMissing, group: "credential") { $0.credential = .absent },
        Fault(reason: .tokenRepeated, group: "credential") { $0.credential = .repeated },
        Fault(reason: .tokenMalformed, group: "credential") { $0.credential = .malformed },
        Fault(reason: .tokenTooLong, group: "credential") {
            $0.credential = .token(String(repeating: "a.", count: 5000), source: 0)
        },
        Fault(reason: .tokenMalformed, group: "form") { $0.isCutShort = true },
        header(.algorithmNotAllowed, "alg", "\"none\""),
        header(.criticalHeaderUnsupported, "crit", "[\"x\"]"),
        claim(.issuerUnknown, "iss", "\"https://unknown.example\""),
        header(.algorithmNotAllowed, "alg", "\"HS512\""),
        header(.typeNotAllowed, "typ", "\"JWT\""),
        Fault(reason: .keysUnavailable, group: "keys") { $0.hasKeys = false },
        header(.keyUnknown, "kid", "\"k2\""),
        Fault(reason: .signatureInvalid, group: "secret") { $0.secret = TestToken.otherSecret },
        claim(.tokenExpired, "exp", seconds(-1)),
        claim(.claimMalformed, "exp", "\"soon\""),
        claim(.tokenNotYetValid, "nbf", seconds(1)),
        claim(.claimMalformed, "nbf", "true"),
        claim(.issuedInFuture, "iat", seconds(1)),
        claim(.claimMalformed, "iat", "null"),
        claim(.lifetimeTooLong, "exp", seconds(7200)),
        claim(.claimMissing, "jti", nil),
        claim(.claimMalformed, "sub", "7"),
        claim(.audienceMismatch, "aud", "\"other\""),
        claim(.claimMismatch, "iss", "\"https://other.example\""),
        claim(.scopeInsufficient, "scope", "\"write\""),
        claim(.claimMismatch, "department", "\"sales\""),
        claim(.claimMalformed, "name", "\"" + String(repeating: "n", count: 4097) + "\""),
    ]
}
