/// Reads which login service an issuer is.
enum PresetReader {
    private static let services: [(name: String, read: @Sendable (MappingDecoder) -> Preset?)] = [
        ("cognito", CognitoPreset.read), ("auth0", Auth0Preset.read), ("keycloak", KeycloakPreset.read),
        ("entra", EntraPreset.read), ("google", GooglePreset.read),
    ]

    /// - Returns: nil where something is wrong, which has been recorded.
    static func read(_ value: LocatedNode) -> Preset? {
        guard let mapping = value.mapping() else { return nil }
        defer { mapping.finish() }
        mapping.hint(
            "write issuer and keys: { openid: URL } without a preset",
            for: ["okta", "oidc", "openid", "gitlab"]
        )
        mapping.hint("did you mean \"entra\"?", for: ["azure", "azuread", "aad", "microsoft"])
        guard let (name, section) = mapping.exactlyOne(of: services.map(\.name)),
            let service = services.first(where: { $0.name == name }), let parts = section.mapping()
        else { return nil }
        parts.hint("no secret is needed: tokens are verified with public keys", for: ["client_secret", "secret"])
        let before = parts.diagnostics.faults
        let preset = service.read(parts)
        parts.finish()
        return parts.diagnostics.faults == before ? preset : nil
    }
}
