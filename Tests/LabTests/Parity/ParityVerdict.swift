import TestSupport

/// What a door said, in the words that both have.
struct ParityVerdict: Equatable, CustomStringConvertible {
    let decision: String
    let reason: String
    let rule: String?
    let user: String
    let groups: String

    init(_ response: RawResponse) {
        decision = response["X-Authd-Decision"] ?? "none"
        reason = response["X-Authd-Reason"] ?? "none"
        rule = decision == "allow" ? response["X-Authd-Rule"] : nil
        user = response["X-Auth-Request-User"] ?? ""
        groups = response["X-Auth-Request-Groups"] ?? ""
    }

    init(_ answer: AuthorizerAnswer) {
        decision = answer.effect?.lowercased() ?? "error"
        reason = answer.reason ?? "none"
        rule = decision == "allow" ? answer.context["rule"] : nil
        user = decision == "allow" ? answer.context["sub"] ?? "" : ""
        groups = decision == "allow" ? answer.context["groups"] ?? "" : ""
    }

    var description: String { "\(decision) \(reason) rule \(rule ?? "-") user '\(user)' groups '\(groups)'" }
}
