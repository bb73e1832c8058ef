/// The work of a Lambda function. One value lives as long as the process and is called on the main thread, one event
/// after the other; between two calls the process may be frozen for minutes.
package protocol InvocationHandler {
    /// Answers one event.
    /// - Parameter event: the bytes that Lambda gave, usually JSON; at most `LambdaLimits.payloadBytes`, not checked.
    /// - Returns: the answer, a JSON text. One that is longer than `LambdaLimits.payloadBytes` becomes an error.
    /// - Throws: what the caller of the function is told instead.
    mutating func handle(_ event: [UInt8], _ invocation: Invocation) throws(InvocationFailure) -> [UInt8]
}
