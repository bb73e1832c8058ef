internal import Authorization
internal import JOSE
internal import StrictJSON

/// What a token that was let in must be, said a second time and without the decision's own code.
struct TokenRules {
    private let header: JSONValue?
    private let claims: JSONValue?
    private let path: String
    private let issuer: Int?

    init(_ parts: TokenParts, path: String, issuer: Int?) {
        header = Self.read(parts.header)
        claims = Self.read(parts.claims)
        self.path = path
        self.issuer = issuer
    }

    private static func read(_ text: [UInt8]) -> JSONValue? {
        try? JSONValue(parsing: text.span, limits: JSONLimits(allowsLoneSurrogates: true))
    }

    func check() throws(Violation) {
        guard let header, let claims, case .object = claims.content else {
            throw Violation("a token holds two objects")
        }
        try require(header["crit"] == nil && header["b64"] == nil, "no extension is understood")
        let isSymmetric = header["alg"]?.string?.utf8.starts(with: "HS".utf8) == true
        try require(isSymmetric == (issuer != 3), "a key serves its own algorithms")
        try checkTimes(claims)
        for name in ["iss", "sub", "jti"] {
            try require(claims[name] == nil || claims[name]?.string != nil, "iss, sub and jti are texts")
        }
        switch issuer {
        case 0: try checkNamed(header, claims)
        case 1:
            let others = [FuzzWorld.issuer, FuzzWorld.signingIssuer]
            try require(!others.contains(claims["iss"]?.string ?? ""), "iss selects the issuer that has it")
        case 3: try require(claims["iss"]?.string == FuzzWorld.signingIssuer, "the issuer is the one that iss names")
        default: throw Violation("the issuer is one whose key signed")
        }
        if path.hasPrefix("/named") { try checkScopes(claims) }
        if path == "/role" {
            try require(hasRole(claims), "the claim that the rule asks for has a value that it allows")
        }
        if path == "/either" {
            let scopes = scopes(claims)
            let isMet = scopes.contains("write") || (scopes.contains("read") && hasRole(claims))
            try require(isMet, "one of the alternatives that the rule allows is met")
        }
    }

    private func checkTimes(_ claims: JSONValue) throws(Violation) {
        let now = FuzzWorld.now.seconds
        guard let expiry = Self.number(claims["exp"]) else { throw Violation("a token has a number as exp") }
        try require(now < expiry + FuzzWorld.leeway, "a token has not expired")
        for name in ["nbf", "iat"] where claims[name] != nil {
            guard let start = Self.number(claims[name]) else { throw Violation("nbf and iat are numbers") }
            try require(now >= start - FuzzWorld.leeway, "a token is valid already")
        }
    }

    private func checkNamed(_ header: JSONValue, _ claims: JSONValue) throws(Violation) {
        try require(claims["iss"]?.string == FuzzWorld.issuer, "the issuer is the one that iss names")
        try require(header["kid"] == nil || header["kid"]?.string == "k1", "a named key is the key with this name")
        let audiences = claims["aud"]?.elements?.map(\.string) ?? [claims["aud"]?.string]
        try require(audiences.contains(FuzzWorld.audience), "a token is meant for us")
        let expiry = Self.number(claims["exp"]) ?? .infinity
        let issued = Self.number(claims["iat"]) ?? FuzzWorld.now.seconds
        try require(expiry - issued <= 86_400, "a token lives no longer than it may")
        try require(claims["sub"]?.string != nil, "a claim that must be there is there")
        let type = header["typ"]?.string?.lowercased()
        try require(
            type.map { ["jwt", "at+jwt", "application/jwt", "application/at+jwt"].contains($0) } == true,
            "a token is of a type that is accepted"
        )
    }

    private func checkScopes(_ claims: JSONValue) throws(Violation) {
        try require(issuer == 0, "the issuer is the one that the rule asks for")
        let scopes = scopes(claims)
        try require(["read", "write"].allSatisfy(scopes.contains), "a token has every scope that the rule asks for")
    }

    private func scopes(_ claims: JSONValue) -> [String] {
        ["scope", "scp"].flatMap { name in
            (claims[name]?.string?.split(separator: " ").map(String.init) ?? [])
                + (claims[name]?.elements?.compactMap(\.string) ?? [])
        }
    }

    private func hasRole(_ claims: JSONValue) -> Bool {
        guard let role = claims["org"]?["role"] else { return false }
        return (role.elements ?? [role]).contains { value in
            switch value.content {
            case .string(let text): text == "admin"
            case .number(let text): Double(text) == 1
            case .bool(let flag): flag
            case .object, .array, .null: false
            }
        }
    }

    private static func number(_ value: JSONValue?) -> Double? {
        guard case .number(let text) = value?.content, let number = Double(text), number.magnitude < 0x1p53 else {
            return nil
        }
        return number
    }
}
