/// A tenant of Auth0.
///
/// Auth0, "Access Token Profiles": `iss` is the domain as a URL with a slash at its end, `aud` holds the identifier of the
/// API, `typ` is `JWT` or, in the RFC 9068 profile, `at+jwt`. "Locate JSON Web Key Sets": where the keys are.
enum Auth0Preset {
    static func read(_ mapping: MappingDecoder) -> Preset? {
        let domain = mapping.required("domain", hint: "such as domain: tenant.eu.auth0.com")
        let audiences = mapping.required("audience", hint: "the identifier of the API")?.oneOrMoreTexts()
        guard let domain, let text = domain.text(limit: 253), let audiences else { return nil }
        guard let parts = HostAndPort(text), parts.port == nil, !parts.isBracketed, IPAddress(ipv4: text) == nil,
            let host = LocatedNode.host(parts), host.contains(".")
        else {
            let hint = text.contains("://") ? "without https:// and path" : "such as tenant.eu.auth0.com"
            domain.fail(.invalidValue, "must be the domain of a tenant", hint: hint)
            return nil
        }
        let keys = KeyURL(text: "https://\(host)/.well-known/jwks.json", isHTTPS: true, node: domain)
        var preset = Preset(issuer: "https://\(host)/", keys: keys)
        preset.audiences = audiences
        preset.types = ["jwt", "at+jwt"]
        return preset
    }
}
