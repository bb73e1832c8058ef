internal import JOSE
internal import LambdaRuntime

/// The secret that signs: the current one, read anew while the function lives where it is kept elsewhere. It is read as
/// the authorizer reads it: a text, or a JWK.
struct SigningSecret {
    private var source: SecretSource
    private var key: VerificationKey?
    private let requirements: KeyRequirements

    /// - Throws: where the environment names no secret, or one that cannot serve.
    init(_ environment: Environment, _ log: LambdaLog) throws(InitFailure) {
        guard let settings = try SecretSettings(environment) else {
            throw InitFailure(
                "Function.SecretMissing",
                "no secret: set JWT_SECRET, JWT_SECRET_ID (Secrets Manager) or JWT_SECRET_PARAMETER (Parameter Store)"
            )
        }
        requirements = KeyRequirements(
            algorithms: [.hs256],
            minimumSecretBytes: try Self.minimumBytes(environment),
            allowsPublishedSecrets: true
        )
        if case .environment(let versions) = settings.location {
            do throws(KeyError) {
                key = try Self.key(versions.current, requirements, log)
            } catch {
                throw InitFailure("Function.SecretRefused", "JWT_SECRET: \(error)")
            }
        }
        source = SecretSource(settings, fetch: try ExtensionClient.fetch(environment))
    }

    /// The key of the moment.
    /// - Parameter now: milliseconds since 1970.
    mutating func key(now: Int64, _ log: LambdaLog) throws(InvocationFailure) -> VerificationKey {
        if source.isRemote {
            var fresh: VerificationKey?
            let requirements = requirements
            let outcome = source.refresh(now: now) { versions in
                fresh = try? Self.key(versions.current, requirements, log)
                return fresh != nil
            }
            if let fresh { key = fresh }
            if case .failed(let failure) = outcome { log.warn("the secret could not be read: \(failure)") }
            if source.versions == nil { key = nil }
        }
        guard let key else {
            throw InvocationFailure("Function.SecretUnavailable", "there is no secret to sign with")
        }
        return key
    }

    /// The first key of the text: the one that signs. What is weak about it is logged.
    private static func key(
        _ secret: SecretText,
        _ requirements: KeyRequirements,
        _ log: LambdaLog
    ) throws(KeyError) -> VerificationKey? {
        let read = secret.withBytes { bytes in
            Result { () throws(KeyError) in try KeyFile(bytes, requirements: requirements) }
        }
        let file = try read.get()
        guard let first = file.keys.first, case .secret(let bytes) = first.material else { return nil }
        for warning in file.warnings { log.warn("the secret is weak: \(warning)") }
        if bytes.count < SignatureAlgorithm.hs256.digestBytes {
            log.warn("the secret is short: \(bytes.count) bytes, but HS256 needs 32 (RFC 7518 §3.2)")
        }
        return first
    }

    private static func minimumBytes(_ environment: Environment) throws(InitFailure) -> Int {
        guard let text = environment["MINIMUM_SECRET_BYTES"] else { return 1 }
        guard let number = Int(text), (1...1024).contains(number) else {
            throw InitFailure("Function.BadSetting", "MINIMUM_SECRET_BYTES is not a number from 1 to 1024")
        }
        return number
    }
}
