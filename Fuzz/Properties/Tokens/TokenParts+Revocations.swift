internal import Authorization
internal import StrictJSON

extension TokenParts {
    /// What would revoke the token, one by its `jti` and one by its `sub`. Texts that no file can hold are left out.
    var revocations: [RevocationEntry] {
        guard let claims = try? JSONValue(parsing: claims.span) else { return [] }
        var entries: [RevocationEntry] = []
        if let text = claims["jti"]?.string { entries.append(RevocationEntry(.token(id: text))) }
        if let text = claims["sub"]?.string {
            entries.append(RevocationEntry(.subject(text, issuedBefore: Timestamp(seconds: .infinity))))
        }
        return entries
    }
}
