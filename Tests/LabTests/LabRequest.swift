/// What the labs say on the wire.
enum LabRequest {
    static func get(_ target: String, _ token: String?, close: Bool = false, fields: [String] = []) -> String {
        var lines = ["GET \(target) HTTP/1.1", "Host: localhost"] + fields
        if let token { lines.append("Authorization: Bearer \(token)") }
        if close { lines.append("Connection: close") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }

    /// nginx's question about `GET /hello`.
    static func question(_ token: String?, close: Bool = false) -> String {
        get("/authorize", token, close: close, fields: ["X-Original-Method: GET", "X-Original-URI: /hello"])
    }
}
