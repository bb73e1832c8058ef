/// A request of HTTP/1.1, ready to be sent.
enum HTTPRequest {
    /// The bytes of a request, head and body in one piece so that they leave in one write.
    /// - Parameters:
    ///   - target: path and query, percent-encoded.
    ///   - host: for `Host`.
    ///   - body: nil: none, and no `Content-Length`.
    /// - Returns: nil where something could not stand in a head.
    static func bytes(
        _ method: StaticString,
        _ target: String,
        host: String,
        fields: [HTTPField] = [],
        body: [UInt8]? = nil
    ) -> [UInt8]? {
        guard target.utf8.first == UInt8(ascii: "/"), target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return nil
        }
        var all = [HTTPField("Host", host), HTTPField("User-Agent", "authd-lambda")] + fields
        if let body { all.append(HTTPField("Content-Length", String(body.count))) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512 + (body?.count ?? 0))
        bytes += "\(method) \(target) HTTP/1.1\r\n".utf8
        for field in all {
            guard field.isSendable else { return nil }
            bytes += field.name.utf8
            bytes += ": ".utf8
            bytes += field.value.utf8
            bytes += "\r\n".utf8
        }
        bytes += "\r\n".utf8
        if let body { bytes += body }
        return bytes
    }
}
