internal import JOSE

/// Reads the list of signature algorithms of an issuer.
enum AlgorithmsReader {
    /// The algorithms of RFC 7518 §3.1, RFC 8037 and RFC 9864 that sign with a private key.
    private static let publicKey = [
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519",
    ]

    /// - Returns: a list that is not empty and of one family; nil where something is wrong, which has been recorded.
    static func read(_ list: LocatedNode) -> [SignatureAlgorithm]? {
        var algorithms: [SignatureAlgorithm] = []
        var namesPublicKey = false
        let texts = list.uniqueTexts(whenEmpty: "such as [HS256]") { element in
            guard let text = element.text(limit: 64) else { return nil }
            namesPublicKey = namesPublicKey || publicKey.contains(text)
            guard let algorithm = algorithm(text, element) else { return nil }
            algorithms.append(algorithm)
            return text
        }
        let namesSecret = algorithms.contains { $0.family == .hmac }
        guard !(namesSecret && namesPublicKey) else {
            let hint = "make two issuers; a public key is no secret, and must never be taken for one"
            list.fail(.conflict, "HMAC and public-key algorithms never stand together", hint: hint)
            return nil
        }
        return texts == nil ? nil : algorithms
    }

    private static func algorithm(_ text: String, _ element: LocatedNode) -> SignatureAlgorithm? {
        if let known = SignatureAlgorithm(rawValue: text) { return known }
        if text.lowercasedASCII == "none" {
            element.fail(.invalidValue, "\"none\" does not exist here: a token without a signature proves nothing")
        } else if publicKey.contains(text) {
            element.fail(.notSupported, "\(text) is not supported by this version yet")
        } else {
            let names = SignatureAlgorithm.allCases.map(\.rawValue)
            let near = NearestName.hint(text, among: names + publicKey)
            element.fail(
                .invalidValue,
                "not a known algorithm",
                hint: near ?? "known: \(names.joined(separator: ", "))"
            )
        }
        return nil
    }
}
