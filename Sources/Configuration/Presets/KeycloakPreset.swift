/// A realm of Keycloak.
///
/// Keycloak, "Securing applications and services with OpenID Connect": the issuer is the realm's URL and the certificate
/// endpoint stands below it. An access token has the claim `typ: Bearer` (an ID token `ID`), names the client that asked for
/// it in `azp`, and names an API in `aud` only where an audience mapper says so (Server Administration, "Audience support").
enum KeycloakPreset {
    static func read(_ mapping: MappingDecoder) -> Preset? {
        let url = mapping.required("url", hint: "such as url: https://login.example")?.keyURL(allowsQuery: false)
        let realmNode = mapping.required("realm")
        let realm = realmNode.flatMap { Self.realm($0) }
        let audienceNode = mapping.optional("audience")
        let audiences = audienceNode?.oneOrMoreTexts()
        let clients = mapping.optional("client")?.oneOrMoreTexts()
        if mapping.key("audience") == nil, mapping.key("client") == nil {
            let hint = "the API that tokens are for, or the clients that may ask for them"
            mapping.fail(.missingKey, "needs \"audience\", \"client\" or both", hint: hint)
        }
        if let audiences, audiences.contains("account") {
            let hint = "give the API an audience of its own, with an audience mapper"
            audienceNode?.warn(.weak, "nearly every token of a realm is for \"account\"", hint: hint)
        }
        guard let url, let realm else { return nil }
        var base = url.text
        while base.hasSuffix("/") { base.removeLast() }
        let issuer = KeyURL(text: base, isHTTPS: url.isHTTPS, node: url.node).appending("/realms/\(realm)")
        var preset = Preset(issuer: issuer.text, keys: issuer.appending("/protocol/openid-connect/certs"))
        preset.audiences = audiences ?? []
        preset.types = ["jwt", "at+jwt"]
        preset.claims = [Preset.claim("typ", ["Bearer"])]
        if let clients { preset.claims.append(Preset.claim("azp", clients)) }
        return preset
    }

    /// A name that stands in a URL as it is: whatever else Keycloak allows, it encodes in `iss`.
    private static func realm(_ node: LocatedNode) -> String? {
        guard let text = node.text(limit: 255) else { return nil }
        let isPlain = text.utf8.allSatisfy {
            $0.isDigit || $0.isLetter || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
        }
        guard isPlain, text != ".", text != ".." else {
            let hint = "for another name write issuer and keys: { openid: URL } without a preset"
            node.fail(.invalidValue, "must be letters, digits, \"-\", \"_\" and \".\"", hint: hint)
            return nil
        }
        return text
    }
}
