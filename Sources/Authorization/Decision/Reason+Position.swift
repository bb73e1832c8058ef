extension Reason {
    /// The place of the reason in `allCases`, for tables of all reasons.
    package var position: Int {
        switch self {
        case .allowed: 0
        case .tokenMissing: 1
        case .tokenMalformed: 2
        case .tokenRepeated: 3
        case .tokenTooLong: 4
        case .algorithmNotAllowed: 5
        case .criticalHeaderUnsupported: 6
        case .typeNotAllowed: 7
        case .issuerUnknown: 8
        case .keyUnknown: 9
        case .signatureInvalid: 10
        case .tokenExpired: 11
        case .tokenNotYetValid: 12
        case .issuedInFuture: 13
        case .lifetimeTooLong: 14
        case .claimMissing: 15
        case .claimMalformed: 16
        case .audienceMismatch: 17
        case .tokenRevoked: 18
        case .scopeInsufficient: 19
        case .claimMismatch: 20
        case .noRule: 21
        case .ruleDenies: 22
        case .methodNotAllowed: 23
        case .metadataMissing: 24
        case .pathAmbiguous: 25
        case .hostInvalid: 26
        case .peerNotAllowed: 27
        case .keysUnavailable: 28
        case .overloaded: 29
        }
    }
}
