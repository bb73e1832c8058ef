internal import Authorization
internal import Gateways
internal import Logging
internal import Platform

/// One decision as it is logged: what was asked, what was decided and why. It holds no token, no query, nothing that an
/// unverified token says, and of a verified one only the claims that the operator wants logged.
struct DecisionRecord: Sendable, Equatable {
    let time: WallTime
    let door: Door
    let outcome: Decision.Outcome
    let reason: Reason
    let shadowReason: Reason?
    let rule: String?
    let method: String
    /// Canonical; nil where the request brought none or none that is a host.
    let host: String?
    /// Canonical and without the query; nil where the path was refused or never read.
    let path: String?
    let issuer: String?
    let generation: UInt64
    /// Of a verified token, where any are logged.
    var claims: ClaimFacts?

    private static let methodLimit = 32
    private static let hostLimit = 256
    private static let pathLimit = 1024
    private static let nameLimit = 128

    var logRecord: LogRecord {
        var fields = [
            LogField("door", door.rawValue),
            LogField("decision", outcome.rawValue),
            LogField("reason", reason.rawValue),
        ]
        if let rule { fields.append(LogField("rule", rule, limit: Self.nameLimit)) }
        fields.append(LogField("method", method, limit: Self.methodLimit))
        if let host { fields.append(LogField("host", host, limit: Self.hostLimit)) }
        if let path { fields.append(LogField("path", path, limit: Self.pathLimit)) }
        if let issuer { fields.append(LogField("issuer", issuer, limit: Self.nameLimit)) }
        if let shadowReason { fields.append(LogField("shadow_reason", shadowReason.rawValue)) }
        fields.append(LogField("generation", generation))
        // Last, so that a line which gets too long loses these and nothing else.
        if let claims { fields += LoggedClaims.fields(claims) }
        return LogRecord(time: time, level: level, message: "decision", fields: fields)
    }

    private var level: Logger.Level {
        switch outcome {
        case .allow: .info
        case .deny: .notice
        case .error: .error
        }
    }
}
