internal import LambdaRuntime
internal import StrictJSON

/// What the event may ask for; a tester writes it. Other members, and an event that is no object, mean nothing.
///
/// `{"expired":true}`: a token that ran out an hour ago. `{"sub":"alice"}`: another subject.
struct InvokerOptions: Equatable {
    var isExpired = false
    var subject = "apigw-invoker"

    private static let longestSubject = 256

    init(_ event: [UInt8]) throws(InvocationFailure) {
        // No payload at all is what `aws lambda invoke` sends by default.
        guard !event.isEmpty else { return }
        let root: JSONValue
        do throws(JSONError) {
            root = try JSONValue(parsing: event.span, limits: JSONLimits(bytes: LambdaLimits.payloadBytes))
        } catch {
            throw InvocationFailure("Function.EventInvalid", "the event is not JSON: \(error)")
        }
        if let value = root["expired"] {
            guard case .bool(let flag) = value.content else {
                throw InvocationFailure("Function.EventInvalid", "\"expired\" must be true or false")
            }
            isExpired = flag
        }
        if let value = root["sub"] {
            guard let text = value.string, !text.isEmpty, text.utf8.count <= Self.longestSubject else {
                throw InvocationFailure("Function.EventInvalid", "\"sub\" must be a text of 1 to 256 bytes")
            }
            subject = text
        }
    }
}
