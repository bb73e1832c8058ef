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
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.longest, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
        // A path may hold colons.
        let fields = bytes.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
        guard fields.count == 6, fields[0].elementsEqual("arn".utf8),
            fields[1].elementsEqual("aws".utf8) || fields[1].starts(with: "aws-".utf8),
            fields[2].elementsEqual("execute-api".utf8), fields[1...4].allSatisfy(Self.isWord)
        else { return nil }
        let parts = fields[5].split(separator: UInt8(ascii: "/"), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, Self.isWord(parts[0]), Self.isStage(parts[1]) else { return nil }
        self.text = text
        stage = Self.text(parts[1])
        prefix = Self.text(bytes[..<parts[2].startIndex])
        rest = Self.text(bytes[parts[2].startIndex...])
        if parts[2].elementsEqual("$connect".utf8) {
            guard parts.count == 3 else { return nil }
            method = nil
            path = "/$connect"
        } else {
            guard Self.isMethod(parts[2]) else { return nil }
            method = Self.text(parts[2])
            path = parts.count == 4 ? "/" + Self.text(parts[3]) : "/"
        }
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func isStage(_ text: ArraySlice<UInt8>) -> Bool {
        text.elementsEqual("$default".utf8) || text.elementsEqual("*".utf8) || isWord(text)
    }

    private static func isMethod(_ text: ArraySlice<UInt8>) -> Bool {
        !text.isEmpty && text.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || $0 == 0x2D }
    }

    private static func isWord(_ text: ArraySlice<UInt8>) -> Bool {
        !text.isEmpty
            && text.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39,
                    UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
