internal import Authorization
internal import JOSE
internal import LambdaRuntime

/// Makes the keys of the issuer with an HMAC algorithm out of the secret's versions.
struct SecretKeys {
    let requirements: KeyRequirements

    /// Below this RFC 7518 §3.2 calls a secret too short for HS256.
    static let goodLength = 32

    /// - Parameter minimumBytes: nil: any length.
    init(_ issuer: IssuerPolicy, minimumBytes: Int?) {
        requirements = KeyRequirements(
            algorithms: issuer.algorithms,
            minimumSecretBytes: minimumBytes ?? 1,
            allowsPublishedSecrets: true
        )
    }

    /// The current version first. A previous one that cannot serve is passed over: what stood there before the first
    /// rotation is often no secret.
    /// - Throws: why the current version cannot serve; nothing of it stands in the error.
    func ring(_ versions: SecretVersions, _ log: LambdaLog) throws(KeyError) -> KeyRing {
        var keys = try keys(versions.current, log)
        for key in previous(versions, log) where !keys.contains(where: { $0.hasSameMaterial(as: key) }) {
            keys.append(key)
        }
        try KeyFile.check(keys, requirements)
        return KeyRing(keys: keys)
    }

    private func previous(_ versions: SecretVersions, _ log: LambdaLog) -> [VerificationKey] {
        guard let previous = versions.previous else { return [] }
        do throws(KeyError) {
            return try keys(previous, log)
        } catch {
            log.warn("the previous secret cannot serve: \(error)")
            return []
        }
    }

    private func keys(_ text: SecretText, _ log: LambdaLog) throws(KeyError) -> [VerificationKey] {
        let read: Result<KeyFile, KeyError> = text.withBytes { bytes in
            do throws(KeyError) {
                return .success(try KeyFile(bytes, requirements: requirements))
            } catch {
                return .failure(error)
            }
        }
        let file = try read.get()
        for warning in file.warnings { log.warn("the secret is weak: \(warning)") }
        for case .secret(let secret) in file.keys.map(\.material) where secret.count < Self.goodLength {
            log.warn(
                "the secret is short: \(secret.count) bytes, and RFC 7518 asks for \(Self.goodLength); "
                    + "\"authd secret generate\" makes a good one"
            )
        }
        return file.keys
    }
}
