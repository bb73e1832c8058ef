/// Why the function cannot start. It is told to Lambda and to the log, so it holds no secret.
package struct InitFailure: Error, Sendable, Equatable {
    /// `Function.` and a word in letters.
    package let type: String
    package let message: String

    package init(_ type: StaticString, _ message: String) {
        self.type = type.description
        self.message = message
    }

    /// The body of the error call.
    var body: [UInt8] { ErrorBody.bytes(message: message, type: type) }
}
