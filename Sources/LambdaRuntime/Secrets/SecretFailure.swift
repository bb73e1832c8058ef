/// Why the secrets could not be read. Nothing of an answer stands in it.
package enum SecretFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The extension does not listen, or does not answer in time.
    case unreachable
    /// It answered with another status than 200: the function may not read the secret, there is none, or AWS is down.
    case status(Int)
    /// Its answer holds no secret text.
    case malformed
    /// What was read cannot serve: too short, or not a secret.
    case refused

    package var description: String {
        switch self {
        case .unreachable: "the AWS Parameters and Secrets extension does not answer; is its layer attached?"
        case .status(let status): "the AWS Parameters and Secrets extension answered \(status)"
        case .malformed: "the AWS Parameters and Secrets extension's answer holds no secret text"
        case .refused: "what was read is no usable secret"
        }
    }
}
