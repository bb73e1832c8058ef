internal import LambdaRuntime

/// Answers every event alike: in the form of a proxy integration, which a REST API and an HTTP API both take.
struct Hello: InvocationHandler {
    private let answer = Array(#"{"statusCode":200,"body":"Hello, world!"}"#.utf8)

    mutating func handle(_ event: [UInt8], _ invocation: Invocation) throws(InvocationFailure) -> [UInt8] { answer }
}
