internal import Authorization
internal import Platform

/// Whether the process can authorize, as `/readyz` says it.
enum AdminStatus: String, Sendable, Equatable, CaseIterable {
    case ready
    /// It authorizes, with what was good last.
    case degraded
    case starting
    case draining
    /// An issuer has no keys, so its tokens are answered with 503.
    case keysUnavailable = "keys_unavailable"
    /// An event loop did not answer in time.
    case unresponsive

    var code: UInt16 {
        switch self {
        case .ready, .degraded: 200
        case .starting, .draining, .keysUnavailable, .unresponsive: 503
        }
    }
}

extension AdminReport {
    var status: AdminStatus {
        switch readiness.phase {
        case .starting: return .starting
        case .draining: return .draining
        case .serving: break
        }
        if keys.contains(where: { $0.health == .neverLoaded }) { return .keysUnavailable }
        return reasons.isEmpty ? .ready : .degraded
    }

    /// Why the state is not the one that was configured last, one sentence each.
    var reasons: [String] {
        var reasons = keys.compactMap { $0.lastError?.description }
        if let error = revocations?.lastError { reasons.append("revocations: \(error)") }
        if let error = assertion?.lastError { reasons.append("assertion: \(error)") }
        reasons += certificates.compactMap { certificate in
            certificate.lastError.map { "certificate: \($0)" }
                ?? (certificate.notAfter <= now.seconds ? "certificate: \(certificate.place) has expired" : nil)
        }
        if let error = readiness.configurationError { reasons.append("configuration: \(error)") }
        return reasons
    }
}
