internal import StrictJSON

/// The bytes of an authorizer's response.
struct AuthorizerResponse {
    let principal: String
    let policy: PolicyDocument
    /// Names and values; strings only, which is all that a REST API takes.
    let context: [(name: String, value: String)]

    /// The longest identity in the context, in bytes; API Gateway allows 10 240 for all of a request's headers.
    static let longestPrincipal = 1024

    func bytes(_ form: ResponseForm) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        if form != .policy {
            writer.name("isAuthorized")
            writer.bool(policy.isAllowed)
        }
        if form != .simple {
            writer.name("principalId")
            writer.string(principal)
            writer.name("policyDocument")
            policy.write(to: &writer)
        }
        writer.name("context")
        writer.beginObject()
        for entry in context {
            writer.name(entry.name)
            writer.string(entry.value)
        }
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }
}
