internal import JOSE

/// Reads the list of signature algorithms of an issuer.
enum AlgorithmsReader {
    /// - Returns: a list that is not empty, of HMAC alone or without it; nil where something is wrong, which has been recorded.
    static func read(_ list: LocatedNode) -> [SignatureAlgorithm]? {
        var algorithms: [SignatureAlgorithm] = []
        let texts = list.uniqueTexts(whenEmpty: "such as [HS256]") { element in
            guard let text = element.text(limit: 64) else { return nil }
            guard let algorithm = algorithm(text, element) else { return nil }
            algorithms.append(algorithm)
            return text
        }
        guard algorithms.allSatisfy(\.isSymmetric) || !algorithms.contains(where: \.isSymmetric) else {
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
        } else {
            let names = SignatureAlgorithm.allCases.map(\.rawValue)
            let near = NearestName.hint(text, among: names)
            element.fail(
                .invalidValue,
                "not a known algorithm",
                hint: near ?? "known: \(names.joined(separator: ", "))"
            )
        }
        return nil
    }
}
