/// Sign in with Google: ID tokens, since Google's access tokens are no JWTs.
///
/// Google Identity, "OpenID Connect" and "Verify the Google ID token on your server side": `iss`, `aud` is the client ID,
/// and `hd` the Google Workspace domain that an account belongs to. The old `iss` without `https://` is not accepted.
enum GooglePreset {
    static func read(_ mapping: MappingDecoder) -> Preset? {
        let clientNode = mapping.required("client_id", hint: "such as client_id: ID.apps.googleusercontent.com")
        let clients = clientNode?.oneOrMoreTexts()
        let domains = mapping.optional("hosted_domain")?.oneOrMoreTexts()
        guard let clientNode, let clients else { return nil }
        let keys = KeyURL(text: "https://www.googleapis.com/oauth2/v3/certs", isHTTPS: true, node: clientNode)
        var preset = Preset(issuer: "https://accounts.google.com", keys: keys)
        preset.audiences = clients
        if let domains { preset.claims = [Preset.claim("hd", domains)] }
        return preset
    }
}
