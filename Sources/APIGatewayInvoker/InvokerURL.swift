internal import LambdaRuntime

/// What the function calls: `API_URL`.
struct InvokerURL {
    let text: String

    /// - Throws: where it is not set or is no address of http or https.
    init(_ environment: Environment, _ log: LambdaLog) throws(InitFailure) {
        guard let text = environment["API_URL"] else {
            throw InitFailure("Function.BadSetting", "API_URL is not set: the address to call with GET")
        }
        guard let isExposed = APIClient.isExposed(text) else {
            throw InitFailure("Function.BadSetting", "API_URL is not an address of https: or http:")
        }
        if isExposed { log.warn("API_URL is http: the token crosses the network in plain text") }
        self.text = text
    }
}
