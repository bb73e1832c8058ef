/// A call of the Runtime API, version 2018-06-01.
enum RuntimeCall: Sendable, Equatable {
    /// Waits for the next event, without a limit: the process may be frozen meanwhile.
    case next
    case response(requestID: String, body: [UInt8])
    case error(requestID: String, InvocationFailure)
    case initError(InitFailure)

    private static let base = "/2018-06-01/runtime"
    /// The header by which Lambda counts kinds of errors.
    private static let errorType = "Lambda-Runtime-Function-Error-Type"

    /// The longest body of an answer that is taken.
    var answerLimit: Int {
        if case .next = self { LambdaLimits.payloadBytes } else { LambdaLimits.statusBodyBytes }
    }

    /// For log lines.
    var name: String {
        switch self {
        case .next: "next"
        case .response: "response"
        case .error: "error"
        case .initError: "init/error"
        }
    }

    /// The call on the wire. - Returns: nil where the request's id could not stand in an address; `NextEvent` lets none in.
    func request(host: String) -> [UInt8]? {
        switch self {
        case .next: return HTTPRequest.bytes("GET", Self.base + "/invocation/next", host: host)
        case .response(let requestID, let body):
            return post("/invocation/\(requestID)/response", host, [], body)
        case .error(let requestID, let failure):
            let type = HTTPField(Self.errorType, failure.type)
            return post("/invocation/\(requestID)/error", host, [type], failure.body)
        case .initError(let failure):
            return post("/init/error", host, [HTTPField(Self.errorType, failure.type)], failure.body)
        }
    }

    private func post(_ path: String, _ host: String, _ fields: [HTTPField], _ body: [UInt8]) -> [UInt8]? {
        let fields = [HTTPField("Content-Type", "application/json")] + fields
        return HTTPRequest.bytes("POST", Self.base + path, host: host, fields: fields, body: body)
    }
}
