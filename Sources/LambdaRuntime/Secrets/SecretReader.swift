/// Reads the current and the previous version through the extension.
struct SecretReader {
    /// Asks the extension for a target and waits.
    typealias Fetch = (_ target: String) throws(HTTPFailure) -> HTTPAnswer

    let fetch: Fetch

    /// What became of one version.
    private enum Outcome {
        case value(ExtensionAnswer.Value)
        /// There is no such version.
        case none
        case failure(SecretFailure)
    }

    /// - Parameter known: what was read before.
    func read(
        _ location: SecretSettings.Location,
        known: SecretVersions?
    ) -> Result<SecretVersions, SecretFailure> {
        switch location {
        case .environment(let versions):
            return .success(versions)
        case .secretsManager(let id):
            return read(ExtensionQuery.secret(id, stage: "AWSCURRENT"), known) { _ in
                ExtensionQuery.secret(id, stage: "AWSPREVIOUS")
            }
        case .parameterStore(let name):
            return read(ExtensionQuery.parameter(name), known) { version in
                guard let version, version > 1 else { return nil }
                return ExtensionQuery.parameter(name, version: version - 1)
            }
        }
    }

    private func read(
        _ target: String,
        _ known: SecretVersions?,
        previous: (_ version: Int64?) -> String?
    ) -> Result<SecretVersions, SecretFailure> {
        let current: ExtensionAnswer.Value
        switch ask(target) {
        case .value(let value): current = value
        case .none: return .failure(.status(404))
        case .failure(let failure): return .failure(failure)
        }
        let older: SecretText?
        switch previous(current.version).map(ask) {
        case nil, Outcome.none?: older = nil
        case .value(let value)?: older = value.secret
        case .failure?: older = lastKnown(before: current.secret, known)
        }
        return .success(SecretVersions(current: current.secret, previous: older))
    }

    /// What was current before is the previous one, whether the extension can say so or not.
    private func lastKnown(before current: SecretText, _ known: SecretVersions?) -> SecretText? {
        guard let known else { return nil }
        return known.current.hasSameBytes(as: current) ? known.previous : known.current
    }

    private func ask(_ target: String) -> Outcome {
        let answer: HTTPAnswer
        do throws(HTTPFailure) {
            answer = try fetch(target)
        } catch {
            return .failure(.unreachable)
        }
        let body = answer.body
        defer { body.wipeInPlace() }
        guard answer.status == 200 else {
            return ExtensionAnswer.saysNotFound(answer.status, body) ? .none : .failure(.status(answer.status))
        }
        return ExtensionAnswer.value(body.span).map { .value($0) } ?? .failure(.malformed)
    }
}
