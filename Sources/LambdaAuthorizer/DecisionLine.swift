internal import APIGateway
internal import Authorization
internal import LambdaRuntime

/// The one log line of a decision. Names of the policy and API Gateway's request id; nothing of a token.
enum DecisionLine {
    static func write(_ outcome: EventOutcome, _ log: LambdaLog) {
        guard let decision = outcome.decision else {
            log.error("the event is not a JSON object")
            return
        }
        var fields = [
            (name: "decision", value: decision.outcome.rawValue), (name: "reason", value: decision.reason.rawValue),
            (name: "event", value: outcome.kind?.rawValue ?? "unknown"),
        ]
        if let rule = outcome.rule { fields.append(("rule", rule)) }
        if let issuer = outcome.issuer { fields.append(("issuer", issuer)) }
        if let reason = decision.shadowReason { fields.append(("shadow_reason", reason.rawValue)) }
        if let requestID = outcome.requestID { fields.append(("apiRequestId", requestID)) }
        log.write(decision.outcome == .error ? .error : .info, "decision", fields)
    }
}
