/// A request in the harness's own words, so that a test says what is on the wire.
func request(
    _ method: String = "GET",
    _ target: String,
    host: String = "localhost",
    version: String = "HTTP/1.1",
    token: String? = nil,
    fields: [String] = [],
    body: String = "",
) -> String {
    var lines = ["\(method) \(target) \(version)", "Host: \(host)"]
    if let token { lines.append("Authorization: Bearer \(token)") }
    if !body.isEmpty { lines.append("Content-Length: \(body.utf8.count)") }
    return (lines + fields).joined(separator: "\r\n") + "\r\n\r\n" + body
}

/// The question of the nginx dialect: what would `/authorize` say to this request?
func question(
    _ method: String = "GET",
    _ uri: String,
    host: String? = nil,
    version: String = "HTTP/1.1",
    token: String? = nil,
    fields: [String] = [],
    asking: String = "GET",
    body: String = "",
) -> String {
    var metadata = ["X-Original-Method: \(method)", "X-Original-URI: \(uri)"]
    if let host { metadata.append("X-Original-Host: \(host)") }
    return request(asking, "/authorize", version: version, token: token, fields: metadata + fields, body: body)
}
