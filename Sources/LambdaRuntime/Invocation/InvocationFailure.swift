/// Why an event has no answer. The caller of the function reads it, so it holds no secret and no text of a token.
package struct InvocationFailure: Error, Sendable, Equatable {
    /// `Function.` and a word in letters, for Lambda's metrics; anything else there counts as `Function.Unknown`.
    package let type: String
    /// The `errorMessage`, exactly.
    package let message: String
    /// Whether `errorType` stands beside it.
    private let tellsType: Bool

    package init(_ type: StaticString, _ message: String) {
        self.init(type: type.description, message: message, tellsType: true)
    }

    private init(type: String, message: String, tellsType: Bool) {
        self.type = type
        self.message = message
        self.tellsType = tellsType
    }

    /// `{"errorMessage":"Unauthorized"}` and nothing else: what API Gateway answers with 401.
    package static let unauthorized = InvocationFailure(
        type: "Function.Unauthorized",
        message: "Unauthorized",
        tellsType: false
    )

    /// The body of the error call, which the caller gets as it stands.
    var body: [UInt8] { ErrorBody.bytes(message: message, type: tellsType ? type : nil) }
}
