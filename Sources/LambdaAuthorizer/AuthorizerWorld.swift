internal import APIGateway
internal import Authorization
internal import JOSE
internal import LambdaRuntime

/// The policy with the keys of the moment, and the secret that one of its issuers has. Lives as long as the process.
final class AuthorizerWorld {
    private var door: EventAuthorizer
    private let policy: Policy
    private var rings: [KeyRing?]
    /// The issuer that has the secret, and the secret; nil: the policy needs none.
    private var secret: (issuer: Int, keys: SecretKeys, source: SecretSource)?
    private var generation: UInt64 = 1

    init(_ environment: Environment, _ settings: AuthorizerSettings, _ log: LambdaLog) throws(InitFailure) {
        _ = SecureHeap.enable(bytes: 1 << 14)
        policy = try PolicyFile.policy(settings.policyFile, log)
        rings = []
        var holder: Int?
        for (index, issuer) in policy.issuers.enumerated() {
            guard issuer.algorithms.contains(where: \.isSymmetric) else {
                rings.append(try PublicKeyFiles(folder: settings.keyFolder).ring(issuer, log))
                continue
            }
            guard holder == nil else {
                let names = policy.issuers.filter { $0.algorithms.contains(where: \.isSymmetric) }.map(\.name)
                let list = names.joined(separator: ", ")
                throw InitFailure(
                    "Function.PolicyInvalid",
                    "one secret cannot be that of several issuers, each could sign for the others: \(list)"
                )
            }
            holder = index
            rings.append(nil)
        }
        let snapshot = AuthorizationSnapshot(policy: policy, keyRings: rings, generation: generation)
        door = EventAuthorizer(snapshot, options: settings.options)
        let secretSettings = try SecretSettings(environment)
        guard let holder else {
            if secretSettings != nil { log.warn("a secret is set, and no issuer of the policy uses one") }
            return
        }
        guard let secretSettings else {
            throw InitFailure(
                "Function.SecretMissing",
                "no secret: set JWT_SECRET, JWT_SECRET_ID (Secrets Manager) or JWT_SECRET_PARAMETER (Parameter Store)"
            )
        }
        let keys = SecretKeys(policy.issuers[holder], minimumBytes: settings.minimumSecretBytes)
        let fetch = try ExtensionClient.fetch(environment)
        secret = (holder, keys, SecretSource(secretSettings, fetch: fetch))
        try start(secretSettings, keys, log)
    }

    /// A secret in the environment is judged at once. Another one is read with the first event: the extension does not
    /// answer before.
    private func start(_ settings: SecretSettings, _ keys: SecretKeys, _ log: LambdaLog) throws(InitFailure) {
        guard case .environment(let versions) = settings.location, let (issuer, _, _) = secret else { return }
        do throws(KeyError) {
            publish(try keys.ring(versions, log), issuer)
        } catch {
            throw InitFailure("Function.SecretRefused", "JWT_SECRET: \(error)")
        }
        _ = secret?.source.refresh(now: 0)
    }

    /// Reads the secret anew where it is time.
    func refresh(now: Int64, _ log: LambdaLog) {
        look(log) { source, accept in source.refresh(now: now, accept: accept) }
    }

    /// Looks early whether there is a newer secret. - Returns: whether there is.
    func rereadSecret(now: Int64, _ log: LambdaLog) -> Bool {
        look(log) { source, accept in source.keyUnknown(now: now, accept: accept) }
    }

    func answer(_ event: [UInt8], now: Int64) -> EventOutcome {
        door.answer(event, now: Timestamp(seconds: Double(now) / 1000))
    }

    @discardableResult
    private func look(
        _ log: LambdaLog,
        _ ask: (inout SecretSource, (SecretVersions) -> Bool) -> SecretSource.Outcome
    ) -> Bool {
        guard let secret else { return false }
        let (issuer, keys) = (secret.issuer, secret.keys)
        var source = secret.source
        let hadSecret = source.versions != nil
        var new: KeyRing?
        let outcome = ask(&source) { versions in
            do throws(KeyError) {
                new = try keys.ring(versions, log)
            } catch {
                log.error("the secret cannot serve: \(error)")
            }
            return new != nil
        }
        self.secret = (issuer, keys, source)
        switch outcome {
        case .unread, .unchanged: break
        case .changed: publish(new, issuer)
        case .failed(let failure):
            let consequence =
                source.versions == nil ? "there is no secret to decide with" : "the last good one counts on"
            log.error("the secret could not be read: \(failure); \(consequence)")
        }
        if hadSecret, source.versions == nil { publish(nil, issuer) }
        return outcome == .changed
    }

    private func publish(_ ring: KeyRing?, _ issuer: Int) {
        rings[issuer] = ring
        generation += 1
        door.replace(AuthorizationSnapshot(policy: policy, keyRings: rings, generation: generation))
    }
}
