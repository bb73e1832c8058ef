internal import Authorization

/// Reads where a request carries its token.
enum TokenFromReader {
    static func read(_ value: LocatedNode) -> CredentialSource? {
        guard let mapping = value.mapping() else { return nil }
        defer { mapping.finish() }
        guard let (form, name) = mapping.exactlyOne(of: ["header", "cookie"]), let text = name.text(limit: 256) else {
            return nil
        }
        if form == "header" {
            if let failure = HeaderNames.credentialFailure(text) {
                name.fail(.invalidValue, failure.message, hint: failure.hint)
                return nil
            }
            return .header(text.lowercasedASCII)
        }
        guard text.isToken else {
            name.fail(.invalidValue, "not a cookie's name (RFC 6265 §4.1.1)")
            return nil
        }
        return .cookie(text)
    }
}
