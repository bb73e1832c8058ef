import TestSupport

/// One request, as both doors are asked it.
struct ParityRequest {
    let method: String
    /// A path without a query.
    let path: String
    /// The values of Authorization fields.
    let authorization: [String]

    /// nginx's sub-request.
    var decisionText: String {
        "GET /authorize HTTP/1.1\r\nHost: authd\r\nX-Original-Method: \(method)\r\nX-Original-URI: \(path)\r\n"
            + authorization.map { "Authorization: \($0)\r\n" }.joined() + "\r\n"
    }

    /// API Gateway's event, of the kinds in turn that can carry the request.
    func event(_ number: Int) -> String {
        switch number % 3 {
        case 1 where authorization.count < 2: tokenEvent
        case 2 where !authorization.contains { $0.contains(",") }: httpEvent
        default: requestEvent
        }
    }

    private var arn: String { "arn:aws:execute-api:eu-west-1:123456789012:abc/prod/\(method)\(path)" }

    private var tokenEvent: String {
        let value = authorization.first.map { JSONValue.string($0).text } ?? "null"
        return "{\"type\":\"TOKEN\",\"authorizationToken\":\(value),\"methodArn\":\(JSONValue.string(arn).text)}"
    }

    private var httpEvent: String {
        let joined = JSONValue.string(authorization.joined(separator: ",")).text
        let headers = authorization.isEmpty ? "null" : "{\"authorization\":\(joined)}"
        let path = JSONValue.string("/prod" + path).text
        return """
            {"version":"2.0","type":"REQUEST","routeArn":\(JSONValue.string(arn).text),"rawPath":\(path),\
            "routeKey":"$default","headers":\(headers),\
            "requestContext":{"http":{"method":"\(method)","path":\(path)},"stage":"prod","requestId":"r"}}
            """
    }

    private var requestEvent: String {
        let values = JSONValue.array(authorization.map { .string($0) }).text
        let last = authorization.last.map { "{\"Authorization\":\(JSONValue.string($0).text)}" } ?? "null"
        return """
            {"type":"REQUEST","methodArn":\(JSONValue.string(arn).text),"path":\(JSONValue.string(path).text),\
            "httpMethod":"\(method)","headers":\(last),"multiValueHeaders":{"Authorization":\(values)},\
            "requestContext":{"httpMethod":"\(method)","stage":"prod","requestId":"r"}}
            """
    }
}
