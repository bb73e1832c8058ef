internal import APIGateway
internal import LambdaRuntime

/// What the environment says besides the secret.
struct AuthorizerSettings {
    let options: AnswerOptions
    /// nil: short secrets work, with a warning.
    let minimumSecretBytes: Int?
    /// The policy file; nil: any valid token is allowed.
    let policyFile: String?
    /// The folder with the public keys of issuers, one file each.
    let keyFolder: String

    init(_ environment: Environment) throws(InitFailure) {
        let root = environment["LAMBDA_TASK_ROOT"] ?? "."
        options = AnswerOptions(
            failsUnauthorized: try Self.choice("UNAUTHORIZED_MODE", ["deny", "error"], environment) == "error",
            form: try Self.form(environment),
            writesExpiry: try Self.choice("POLICY_EXPIRY", ["none", "condition"], environment) == "condition"
        )
        minimumSecretBytes = try Self.bytes("MINIMUM_SECRET_BYTES", environment)
        policyFile = environment["AUTHD_POLICY"].map { Self.path($0, below: root) }
        keyFolder = Self.path(environment["AUTHD_KEYS"] ?? "keys", below: root)
    }

    private static func form(_ environment: Environment) throws(InitFailure) -> ResponseForm {
        let text = try choice("AUTHORIZER_RESPONSE", ResponseForm.allCases.map(\.rawValue), environment)
        return ResponseForm(rawValue: text) ?? .both
    }

    /// - Returns: the variable's word; the first one where it is not set.
    private static func choice(
        _ name: String,
        _ words: [String],
        _ environment: Environment
    ) throws(InitFailure) -> String {
        guard let text = environment[name] else { return words[0] }
        guard words.contains(text) else {
            throw InitFailure("Function.BadSetting", "\(name) is none of: \(words.joined(separator: ", "))")
        }
        return text
    }

    private static func bytes(_ name: String, _ environment: Environment) throws(InitFailure) -> Int? {
        guard let text = environment[name] else { return nil }
        guard let number = Int(text), (1...1024).contains(number) else {
            throw InitFailure("Function.BadSetting", "\(name) is not a number from 1 to 1024")
        }
        return number
    }

    private static func path(_ path: String, below root: String) -> String {
        path.utf8.first == UInt8(ascii: "/") ? path : root + "/" + path
    }
}
