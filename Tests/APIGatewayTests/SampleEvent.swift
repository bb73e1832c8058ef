/// Events as API Gateway sends them.
enum SampleEvent {
    static let arnPrefix = "arn:aws:execute-api:eu-west-1:123456789012:abc123/prod/"

    static func token(_ value: String?, _ rest: String = "GET/hello") -> String {
        let token = value.map { "\"authorizationToken\":\"\($0)\"," } ?? ""
        return "{\"type\":\"TOKEN\",\(token)\"methodArn\":\"\(arnPrefix)\(rest)\"}"
    }

    /// - Parameters:
    ///   - headers: the text of both maps, or of one.
    ///   - extra: members that come besides.
    static func request(
        method: String = "GET",
        path: String = "/hello",
        headers: String = "",
        rest: String? = nil,
        context: String = "",
        extra: String = ""
    ) -> String {
        """
        {"type":"REQUEST","methodArn":"\(arnPrefix)\(rest ?? method + path)","resource":"/{proxy+}",
        "path":"\(path)","httpMethod":"\(method)",\(headers)"pathParameters":null,"queryStringParameters":null,
        "requestContext":{"requestId":"r-1","stage":"prod","httpMethod":"\(method)"\(context)}\(extra)}
        """
    }

    static func http(
        method: String = "GET",
        path: String = "/hello",
        headers: String = "{}",
        rest: String? = nil,
        stage: String = "prod",
        cookies: String = "null",
        context: String = "",
        routeKey: String = "$default"
    ) -> String {
        """
        {"version":"2.0","type":"REQUEST","routeArn":"\(arnPrefix)\(rest ?? method + path)","identitySource":null,
        "routeKey":"\(routeKey)","rawPath":"\(path)","rawQueryString":"","cookies":\(cookies),"headers":\(headers),
        "requestContext":{"http":{"method":"\(method)","path":"\(path)"},"requestId":"r-2","stage":"\(stage)"\(context)}}
        """
    }

    static func webSocket(headers: String, rest: String = "$connect", routeKey: String = "$connect") -> String {
        """
        {"type":"REQUEST","methodArn":"\(arnPrefix)\(rest)",\(headers)"stageVariables":{},
        "requestContext":{"routeKey":"\(routeKey)","eventType":"CONNECT","connectionId":"c=","stage":"prod","requestId":"r-3"}}
        """
    }

    /// `headers` with one Authorization value.
    static func bearer(_ token: String) -> String { "\"headers\":{\"Authorization\":\"Bearer \(token)\"}," }
}
