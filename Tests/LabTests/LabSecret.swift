import TestSupport

/// A shared secret that a lab made. All of them, and every token, are remembered, so that the logs can be searched.
struct LabSecret: Sendable {
    private static let all = Awaited<[String]>([])

    let text: String

    static func fresh() -> LabSecret {
        var generator = SystemRandomNumberGenerator()
        let text = TokenMint.base64url((0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
        all.update { $0.append(text) }
        return LabSecret(text: text)
    }

    /// A token that is good for an hour.
    func token(_ changes: [String: JSONValue?] = [:]) -> String {
        let token = TokenMint(secret: text).token(changes)
        Self.all.update { $0.append(token) }
        return token
    }

    /// Every secret, and of every token the parts that nobody may see: its claims and its signature.
    static var unspeakable: [String] {
        all.current.flatMap { $0.split(separator: ".").suffix(2).map(String.init) }
    }
}
