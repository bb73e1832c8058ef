internal import Authorization
internal import Configuration
internal import JOSE
internal import LambdaRuntime

/// The policy that the function decides by.
enum PolicyFile {
    /// Reads the JSON that `authd check --format json` wrote, or makes the policy that stands in for none.
    static func policy(_ path: String?, _ log: LambdaLog) throws(InitFailure) -> Policy {
        guard let path else { return anyValidToken }
        let bytes: [UInt8]
        do throws(FileBytes.Failure) {
            bytes = try FileBytes.read(path)
        } catch {
            throw InitFailure("Function.PolicyUnreadable", "AUTHD_POLICY: \(path) cannot be read; is it in the zip?")
        }
        let node: ConfigurationNode
        do throws(ConfigurationError) {
            node = try ConfigurationNode(json: bytes.span, file: path)
        } catch {
            throw InitFailure("Function.PolicyInvalid", error.description)
        }
        let reading = ConfigurationReader.readPolicy(node)
        for warning in reading.warnings { log.warn(warning.description) }
        guard let policy = reading.policy else {
            let lines = reading.errors.prefix(5).map(\.description)
            throw InitFailure("Function.PolicyInvalid", lines.joined(separator: "\n"))
        }
        return policy
    }

    /// Without AUTHD_POLICY: whoever brings a token by the secret's holder that has not expired, everywhere. The grace is
    /// for clocks of issuers that run a little ahead.
    private static var anyValidToken: Policy {
        let issuer = IssuerPolicy(
            name: "secret",
            algorithms: [.hs256, .hs384, .hs512],
            leeway: 5,
            maximumLifetime: nil
        )
        return Policy(
            issuers: [issuer],
            rules: everyPath.map { path in
                Rule(name: "any-valid-token", match: RequestMatch(path: path), effect: .require(Requirement()))
            },
            identityHeaders: ["sub", "groups", "scope"].compactMap { name in
                ClaimPath(name).map { IdentityHeader(header: name, claim: $0) }
            }
        )
    }

    /// One pattern; none, and so no rule, if it were not one.
    private static var everyPath: [PathPattern] { (try? PathPattern("/**")).map { [$0] } ?? [] }
}
