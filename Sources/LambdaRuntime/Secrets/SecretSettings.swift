/// Where the secret is and how often it is looked at, as the environment says.
package struct SecretSettings: Sendable {
    package enum Location: Sendable {
        /// `JWT_SECRET` and `JWT_SECRET_PREVIOUS`: they stay as they are until Lambda starts the function anew.
        case environment(SecretVersions)
        /// `JWT_SECRET_ID`: a name or an ARN in Secrets Manager.
        case secretsManager(id: String)
        /// `JWT_SECRET_PARAMETER`: a name or an ARN in Parameter Store.
        case parameterStore(name: String)
    }

    package let location: Location
    /// `JWT_SECRET_TTL`: milliseconds between two looks.
    package let timeToLive: Int64
    /// `JWT_SECRET_MAX_STALE`: milliseconds that the last good secrets count while they cannot be read.
    package let longestStale: Int64

    package static let defaultTimeToLive: Int64 = 60
    package static let defaultLongestStale: Int64 = 3600

    package init(
        _ location: Location,
        timeToLive: Int64 = defaultTimeToLive * 1000,
        longestStale: Int64 = defaultLongestStale * 1000
    ) {
        self.location = location
        self.timeToLive = timeToLive
        self.longestStale = longestStale
    }

    /// - Returns: nil where the environment names no secret.
    /// - Throws: where it names two, or a time is no number.
    package init?(_ environment: Environment) throws(InitFailure) {
        let names = ["JWT_SECRET", "JWT_SECRET_ID", "JWT_SECRET_PARAMETER"].filter { environment[$0] != nil }
        guard names.count < 2 else {
            throw InitFailure("Function.SecretConflict", "\(names.joined(separator: " and ")) are set: keep one")
        }
        guard environment["JWT_SECRET_PREVIOUS"] == nil || names == ["JWT_SECRET"] else {
            throw InitFailure("Function.SecretConflict", "JWT_SECRET_PREVIOUS belongs to JWT_SECRET, which is not set")
        }
        timeToLive = try Self.seconds("JWT_SECRET_TTL", environment) ?? Self.defaultTimeToLive * 1000
        longestStale = try Self.seconds("JWT_SECRET_MAX_STALE", environment) ?? Self.defaultLongestStale * 1000
        if let current = EnvironmentSecret.take("JWT_SECRET", from: environment) {
            let previous = EnvironmentSecret.take("JWT_SECRET_PREVIOUS", from: environment)
            location = .environment(SecretVersions(current: current, previous: previous))
        } else if let id = environment["JWT_SECRET_ID"] {
            location = .secretsManager(id: id)
        } else if let name = environment["JWT_SECRET_PARAMETER"] {
            location = .parameterStore(name: name)
        } else {
            return nil
        }
    }

    /// - Returns: milliseconds; nil where the variable is not set.
    private static func seconds(_ name: String, _ environment: Environment) throws(InitFailure) -> Int64? {
        guard let text = environment[name] else { return nil }
        let digits = text.hasSuffix("s") ? text.dropLast() : text[...]
        guard let seconds = Int64(digits), (0...86_400).contains(seconds) else {
            throw InitFailure("Function.BadSetting", "\(name) is not a number of seconds from 0 to 86400")
        }
        return seconds * 1000
    }
}
