/// A tenant of Microsoft Entra ID (Azure AD), in the global cloud.
///
/// Microsoft identity platform, "Access token claims reference": `iss` of version 1.0 and 2.0 tokens, `ver`, `tid`, and
/// `typ`, which is always `JWT`. "OpenID Connect on the Microsoft identity platform": where the keys are.
enum EntraPreset {
    private enum Version { case one, two }

    static func read(_ mapping: MappingDecoder) -> Preset? {
        let tenant = mapping.required("tenant", hint: "the tenant's UUID")
        let audiences = mapping.required("audience", hint: "the API's client ID (v2) or application ID URI (v1)")?
            .oneOrMoreTexts()
        let version = mapping.optional("version")?.choice([("v1", Version.one), ("v2", .two)]) ?? .two
        guard let tenant, let text = tenant.text(), let audiences else { return nil }
        guard let id = uuid(text) else {
            let isShared = ["common", "organizations", "consumers"].contains(text.lowercasedASCII)
            let hint = isShared ? "a token's iss names the tenant itself; make one issuer for each" : nil
            tenant.fail(.invalidValue, "must be the UUID of a tenant", hint: hint)
            return nil
        }
        let login = "https://login.microsoftonline.com/\(id)"
        let isOne = version == .one
        let keys = KeyURL(
            text: login + (isOne ? "/discovery/keys" : "/discovery/v2.0/keys"),
            isHTTPS: true,
            node: tenant
        )
        var preset = Preset(issuer: isOne ? "https://sts.windows.net/\(id)/" : login + "/v2.0", keys: keys)
        preset.audiences = audiences
        preset.types = ["jwt"]
        preset.claims = [Preset.claim("ver", [isOne ? "1.0" : "2.0"]), Preset.claim("tid", [id])]
        return preset
    }

    /// In lower case, as tokens have it (RFC 9562 §4); nil: it is none.
    private static func uuid(_ text: String) -> String? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [8, 4, 4, 4, 12], parts.allSatisfy({ $0.utf8.allSatisfy(\.isHexDigit) }) else {
            return nil
        }
        return text.lowercasedASCII
    }
}
