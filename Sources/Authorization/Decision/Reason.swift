/// Why a request was decided as it was: the closed list of the contract, the same text in header, log, metric and
/// explanation.
package enum Reason: String, Sendable, Equatable, CaseIterable {
    case allowed
    case tokenMissing = "token_missing"
    case tokenMalformed = "token_malformed"
    case tokenRepeated = "token_repeated"
    case tokenTooLong = "token_too_long"
    case algorithmNotAllowed = "algorithm_not_allowed"
    case criticalHeaderUnsupported = "critical_header_unsupported"
    case typeNotAllowed = "type_not_allowed"
    case issuerUnknown = "issuer_unknown"
    case keyUnknown = "key_unknown"
    case signatureInvalid = "signature_invalid"
    case tokenExpired = "token_expired"
    case tokenNotYetValid = "token_not_yet_valid"
    case issuedInFuture = "issued_in_future"
    case lifetimeTooLong = "lifetime_too_long"
    case claimMissing = "claim_missing"
    case claimMalformed = "claim_malformed"
    case audienceMismatch = "audience_mismatch"
    case tokenRevoked = "token_revoked"
    case scopeInsufficient = "scope_insufficient"
    case claimMismatch = "claim_mismatch"
    case noRule = "no_rule"
    case ruleDenies = "rule_denies"
    case methodNotAllowed = "method_not_allowed"
    case metadataMissing = "metadata_missing"
    case pathAmbiguous = "path_ambiguous"
    case hostInvalid = "host_invalid"
    case peerNotAllowed = "peer_not_allowed"
    case keysUnavailable = "keys_unavailable"
    case overloaded

    /// What a reason means to the client, at every door (RFC 6750 §3.1).
    package enum Kind: Sendable, Equatable {
        case allowed
        /// 401 without an error code: no credential was brought.
        case credentialMissing
        /// 401 `invalid_request`: more than one credential.
        case credentialRepeated
        /// 401 `invalid_token`.
        case credentialInvalid
        /// 403 `insufficient_scope`: a valid token that is not enough.
        case insufficient
        /// 403: no token could help.
        case refused
        /// 503: authd cannot decide.
        case ownFailure
    }

    package var kind: Kind {
        switch self {
        case .allowed: .allowed
        case .tokenMissing: .credentialMissing
        case .tokenRepeated: .credentialRepeated
        case .tokenMalformed, .tokenTooLong, .algorithmNotAllowed, .criticalHeaderUnsupported, .typeNotAllowed,
            .issuerUnknown, .keyUnknown, .signatureInvalid, .tokenExpired, .tokenNotYetValid, .issuedInFuture,
            .lifetimeTooLong, .claimMissing, .claimMalformed, .audienceMismatch, .tokenRevoked:
            .credentialInvalid
        case .scopeInsufficient, .claimMismatch: .insufficient
        case .noRule, .ruleDenies, .methodNotAllowed, .metadataMissing, .pathAmbiguous, .hostInvalid,
            .peerNotAllowed:
            .refused
        case .keysUnavailable, .overloaded: .ownFailure
        }
    }
}
