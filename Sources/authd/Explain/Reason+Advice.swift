internal import Authorization

extension Reason {
    /// What an operator or a client can do about it, in one sentence.
    var advice: String {
        switch self {
        case .allowed: "nothing to do."
        case .tokenMissing: "send a token: \"Authorization: Bearer TOKEN\", or where token_from says."
        case .tokenRepeated: "send one token, in one place."
        case .tokenMalformed: "send a compact JWS of three base64url parts, without quotes, blanks and padding."
        case .tokenTooLong: "put less into the token, or raise limits.token_bytes."
        case .algorithmNotAllowed: "sign with one of the issuer's algorithms, or add this one to them."
        case .criticalHeaderUnsupported: "issue tokens without \"crit\" and \"b64\" in their header."
        case .typeNotAllowed: "issue tokens with a \"typ\" that the issuer's types name."
        case .issuerUnknown: "configure an issuer with exactly the token's iss, to the last slash."
        case .keyUnknown: "add the key with the token's kid to the issuer's keys; rotate there first, then sign."
        case .signatureInvalid: "sign with a key of the issuer's; was the secret rotated, or the token cut or changed?"
        case .tokenExpired: "get a new token; if it is fresh, compare the clocks."
        case .tokenNotYetValid: "wait until its nbf; if that is past, compare the clocks."
        case .issuedInFuture: "compare the clocks of the issuer and of this machine."
        case .lifetimeTooLong: "issue tokens with a shorter life, or raise the issuer's max_lifetime."
        case .claimMissing: "issue tokens with the claims that the issuer's require names."
        case .claimMalformed: "issue claims of the types of RFC 7519: times are numbers, iss and sub are strings."
        case .audienceMismatch: "issue tokens with one of the issuer's audiences in aud."
        case .tokenRevoked: "get a new token; this one was revoked."
        case .scopeInsufficient: "issue a token with all the scopes that the rule requires."
        case .claimMismatch: "issue a token with the claims that the rule requires."
        case .noRule: "add a rule for this host and path; what no rule allows is denied."
        case .ruleDenies: "nothing helps here: the rule denies this path to everybody."
        case .methodNotAllowed: "use a method that the path's rules name, or add this one to them."
        case .metadataMissing: "let the gateway send method, target and host, each once."
        case .pathAmbiguous: "send the path in one plain form: no \"//\", dot segments, \";\", %2f or stray percent."
        case .hostInvalid: "send a host name or address, with a port at most."
        case .peerNotAllowed: "add the gateway's user to the listener's allow_peers."
        case .keysUnavailable: "mend the issuer's key source; \"authd check\" says what is wrong with it."
        case .overloaded: "raise limits.connections, or run more of authd."
        }
    }
}
