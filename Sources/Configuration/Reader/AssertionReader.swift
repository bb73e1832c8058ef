/// Reads authd's own signed word to upstreams.
enum AssertionReader {
    /// - Parameter headers: the fields that are taken.
    static func read(_ value: LocatedNode, headers: IdentityHeadersReader) -> AssertionSettings? {
        guard let mapping = value.mapping() else { return nil }
        defer { mapping.finish() }
        mapping.hint(
            "the private key stands in a file of its own: key: PATH",
            for: ["secret", "private_key", "key_file", "keys", "pem", "jwk"]
        )
        let key = mapping.required("key", hint: "such as key: /etc/authd/assertion.pem")?.filePath()
        var settings = AssertionSettings(keyFile: key ?? "", origin: value.origin)
        let header = mapping.optional("header")
        if let name = header?.text(limit: 64) { settings.header = name }
        if let failure = failure(settings.header, headers) {
            if let header {
                header.fail(failure.code, failure.message)
            } else {
                value.fail(failure.code, "\(settings.header): \(failure.message)", hint: "name another header")
            }
        }
        if let issuer = mapping.optional("issuer")?.text(limit: 256) { settings.issuer = issuer }
        if let audience = mapping.optional("audience")?.text(limit: 256) { settings.audience = audience }
        if let lifetime = mapping.optional("lifetime")?.duration(in: .seconds(5) ... .seconds(600)) {
            settings.lifetime = lifetime
        }
        return key == nil ? nil : settings
    }

    private static func failure(
        _ name: String,
        _ headers: IdentityHeadersReader
    ) -> (code: ConfigurationError.Code, message: String)? {
        // Of the names that are authd's own, this is the one for it.
        let isOwn = HeaderNames.folded(name) == HeaderNames.folded(AssertionSettings.defaultHeader)
        if isOwn, name.lowercasedASCII != AssertionSettings.defaultHeader.lowercasedASCII {
            return (.invalidValue, "X-Authd-… is authd's own")
        }
        if !isOwn, let failure = HeaderNames.identityFailure(name) { return (.invalidValue, failure) }
        return headers.conflict(name).map { (.conflict, $0) }
    }
}
