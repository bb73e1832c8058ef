/// Asks the AWS Parameters and Secrets Lambda extension, which listens on localhost only.
package enum ExtensionClient {
    /// Where the extension listens unless `PARAMETERS_SECRETS_EXTENSION_HTTP_PORT` says otherwise.
    static let defaultPort: UInt16 = 2773
    /// For one question, in milliseconds. The extension itself waits for AWS.
    static let timeout: Int64 = 3000

    /// - Returns: the function that a `SecretSource` asks with.
    /// - Throws: where the environment names a port that is none.
    package static func fetch(
        _ environment: Environment
    ) throws(InitFailure) -> (_ target: String) throws(HTTPFailure) -> HTTPAnswer {
        var port = defaultPort
        if let text = environment["PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"] {
            guard let number = UInt16(text), number > 0 else {
                throw InitFailure("Function.BadSetting", "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT is not a port")
            }
            port = number
        }
        let client = LoopbackHTTPClient(port: port)
        return { target throws(HTTPFailure) in
            // Lambda renews the token while a function lives, so it is looked up each time.
            let token = environment["AWS_SESSION_TOKEN"] ?? ""
            let fields = [HTTPField("X-Aws-Parameters-Secrets-Token", token)]
            return try client.get(target, fields: fields, timeout: timeout, maximumBodyBytes: 1 << 17)
        }
    }
}
