/// `HOST:PORT` taken apart (RFC 3986 §3.2); neither part is judged but for the port's digits.
struct HostAndPort: Equatable {
    /// Without brackets.
    let host: String
    let isBracketed: Bool
    /// nil: none was written.
    let port: Int?

    /// nil where brackets or colons do not pair up, or the port is not a number from 1 to 65535.
    init?(_ text: some StringProtocol) {
        let rest: Substring
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = String(text[text.index(after: text.startIndex)..<end])
            rest = Substring(text[text.index(after: end)...])
            isBracketed = true
        } else {
            let end = text.firstIndex(of: ":") ?? text.endIndex
            host = String(text[..<end])
            rest = Substring(text[end...])
            isBracketed = false
        }
        guard !rest.isEmpty else {
            port = nil
            return
        }
        let digits = rest.dropFirst()
        guard rest.first == ":", digits.isDigits, digits.utf8.count <= 5, digits.first != "0",
            let number = Int(digits), number <= 65_535
        else { return nil }
        port = number
    }
}
