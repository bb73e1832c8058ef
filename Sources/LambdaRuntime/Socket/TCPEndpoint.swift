/// A host and a port as `AWS_LAMBDA_RUNTIME_API` gives them: `127.0.0.1:9001`, `[::1]:9001` or `name:9001`.
struct TCPEndpoint: Sendable, Equatable {
    /// A name or an address without brackets.
    let host: String
    let port: UInt16
    /// For the `Host` field.
    let text: String

    init(loopback port: UInt16) {
        host = "127.0.0.1"
        self.port = port
        text = "127.0.0.1:\(port)"
    }

    /// - Returns: nil where the text is none of the forms.
    init?(_ text: String) {
        guard text.utf8.count <= 300, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }),
            let colon = text.utf8.lastIndex(of: UInt8(ascii: ":"))
        else { return nil }
        let digits = text[text.utf8.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }), let port = UInt16(digits), port > 0
        else { return nil }
        var host = text[..<colon]
        if host.utf8.first == UInt8(ascii: "["), host.utf8.last == UInt8(ascii: "]") {
            host = host.dropFirst().dropLast()
        } else if host.utf8.contains(UInt8(ascii: ":")) {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.host = String(host)
        self.port = port
        self.text = text
    }
}
