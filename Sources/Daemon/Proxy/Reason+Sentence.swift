internal import Authorization

extension Reason {
    /// What a denied client is told in words: fixed, nothing of the request in it, and no more than the code says.
    var sentence: StaticString {
        switch self {
        case .allowed: "The request is allowed."
        case .tokenMissing: "A token is needed: send it as \\\"Authorization: Bearer TOKEN\\\"."
        case .tokenRepeated: "The request brings more than one token; send exactly one."
        case .tokenMalformed: "The token is not a compact JWS with a JSON claims set."
        case .tokenTooLong: "The token is longer than what is accepted here."
        case .algorithmNotAllowed: "The token is signed with an algorithm that is not accepted here."
        case .criticalHeaderUnsupported: "The token asks for an extension that is not supported here."
        case .typeNotAllowed: "The token is of a type that is not accepted here."
        case .issuerUnknown: "The token's issuer is not known here."
        case .keyUnknown: "The token names a key that is not known here."
        case .signatureInvalid: "The token's signature does not hold."
        case .tokenExpired: "The token has expired; get a new one."
        case .tokenNotYetValid: "The token is not valid yet."
        case .issuedInFuture: "The token was issued in the future; check the issuer's clock."
        case .lifetimeTooLong: "The token lives longer than what is accepted here."
        case .claimMissing: "The token lacks a claim that is required here."
        case .claimMalformed: "A claim of the token does not have the form that it must have."
        case .audienceMismatch: "The token is meant for another audience."
        case .tokenRevoked: "The token has been revoked."
        case .scopeInsufficient: "The token is valid, but lacks a scope that is required here."
        case .claimMismatch: "The token is valid, but its claims do not permit this."
        case .noRule: "Nothing is served under this path."
        case .ruleDenies: "This path is closed."
        case .methodNotAllowed: "This path is not served under this method."
        case .metadataMissing: "The request lacks a field that is needed to decide about it."
        case .pathAmbiguous: "The path could be read in two ways; write it without dot segments or encoded separators."
        case .hostInvalid: "The Host field is not a host name."
        case .peerNotAllowed: "This peer may not use this service."
        case .keysUnavailable: "Tokens cannot be verified at the moment. Try again later."
        case .overloaded: "Too many requests are being served. Try again in a moment."
        }
    }
}
