/// What API Gateway calls a request in policies:
/// `arn:PARTITION:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH`, or `…/STAGE/$connect` for a WebSocket API.
package struct MethodARN: Sendable, Equatable {
    /// As it came.
    package let text: String
    /// Everything before the method: partition, region, account, API and stage, with the slash behind it.
    package let prefix: String
    /// What stands behind `prefix`: the method and the path.
    package let rest: String
    package let stage: String
    /// nil for `$connect`.
    package let method: String?
    /// With its leading slash; `/$connect` for that.
    package let path: String

    /// The most that API Gateway gives.
    static let longest = 1600

    /// - Returns: nil for what is no ARN of a request. Only the path may hold anything but plain words, with two
    ///   exceptions: the stages `$default`, and `*`, which AWS's own sample events have.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.longest, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
        // A path may hold colons.
        let fields = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard fields.count == 6, fields[0] == "arn", fields[1] == "aws" || fields[1].hasPrefix("aws-"),
            fields[2] == "execute-api", fields[1...4].allSatisfy(Self.isWord)
        else { return nil }
        let parts = fields[5].split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, Self.isWord(parts[0]), Self.isStage(parts[1]) else { return nil }
        self.text = text
        stage = String(parts[1])
        prefix = fields[0...4].joined(separator: ":") + ":\(parts[0])/\(parts[1])/"
        if parts[2] == "$connect" {
            guard parts.count == 3 else { return nil }
            method = nil
            path = "/$connect"
        } else {
            guard Self.isMethod(parts[2]) else { return nil }
            method = String(parts[2])
            path = parts.count == 4 ? "/" + parts[3] : "/"
        }
        rest = String(decoding: text.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    }

    private static func isStage(_ text: Substring) -> Bool { text == "$default" || text == "*" || isWord(text) }

    private static func isMethod(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || $0 == 0x2D }
    }

    private static func isWord(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39,
                    UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
