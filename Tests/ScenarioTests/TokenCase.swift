import Foundation
import TestSupport

/// One case of jwt-cases.json.
struct TokenCase: Decodable, Sendable {
    let id: String
    let layer: String
    let token: String
    let key: JSONTree
    let alg_allowed: [String]
    let now: Double?
    let policy: [String: JSONTree]
    let expect: String
    let expect_jws: String
    let why: String
    let weak_key: Bool
    let header_safe: Bool

    /// Whether a daemon whose clock shows `time` must allow the token; `nil` where that depends on the difference between
    /// this time and the one that the case was made for.
    func verdict(at time: Double) -> Bool? {
        let isInTime = isInTime(time)
        if expect == "valid" { return isInTime ? true : nil }
        // Invalid for its form, its signature or its policy: at any time. Otherwise its time may be the reason, and that
        // may have come since.
        if expect_jws == "invalid" || now == nil || !policy.isEmpty { return false }
        return isInTime ? nil : false
    }

    /// Whether the times in the token, as far as they are numbers, include `time`.
    private func isInTime(_ time: Double) -> Bool {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let claims = JSONTree(base64url: parts[1]) else { return true }
        func number(_ name: String) -> Double? {
            if case .object(let members) = claims, case .number(let value) = members[name] { value } else { nil }
        }
        if let end = number("exp"), end <= time { return false }
        if let start = number("nbf"), start > time { return false }
        if let issued = number("iat"), issued > time { return false }
        return true
    }
}
