/// A user pool of Amazon Cognito.
///
/// Cognito, Developer Guide, "Verifying JSON web tokens" and "Understanding user pool JSON web tokens": RS256, keys below
/// the issuer, `token_use` tells access from ID tokens, the app client is `client_id` in the former (which have no `aud`)
/// and `aud` in the latter; tokens live a day at most. API Reference, `IssuerConfigurationType`: the two forms of issuer.
enum CognitoPreset {
    static func read(_ mapping: MappingDecoder) -> Preset? {
        let pool = mapping.required("user_pool", hint: "such as user_pool: eu-west-1_AbC123")
        let clients = mapping.required("client_id", hint: "the app clients whose tokens count")?.oneOrMoreTexts()
        let use = mapping.optional("token_use")?.choice([("access", "access"), ("id", "id")]) ?? "access"
        let host =
            mapping.optional("issuer_type")?.choice([("original", "cognito-idp"), ("updated", "issuer-cognito-idp")])
            ?? "cognito-idp"
        guard let pool, let text = pool.text(limit: 55), let clients else { return nil }
        guard let region = region(text) else {
            pool.fail(
                .invalidValue,
                "must be REGION_ID, the identifier of a user pool",
                hint: "such as eu-west-1_AbC123"
            )
            return nil
        }
        let issuer = "https://\(host).\(region).amazonaws.com/\(text)"
        let keys = KeyURL(text: issuer + "/.well-known/jwks.json", isHTTPS: true, node: pool)
        var preset = Preset(issuer: issuer, keys: keys)
        preset.claims = [Preset.claim("token_use", [use])]
        if use == "id" {
            preset.audiences = clients
        } else {
            preset.claims.append(Preset.claim("client_id", clients))
        }
        return preset
    }

    /// The region of a pool's identifier, such as `eu-west-1` of `eu-west-1_AbC123`: it becomes part of a host's name.
    private static func region(_ pool: String) -> Substring? {
        let parts = pool.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, let region = parts.first, let id = parts.last, !id.isEmpty,
            id.utf8.allSatisfy({ $0.isDigit || $0.isLetter })
        else { return nil }
        let words = region.split(separator: "-", omittingEmptySubsequences: false)
        guard (3...4).contains(words.count), let number = words.last, number.isDigits,
            words.dropLast().allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isLower) })
        else { return nil }
        return region
    }
}
