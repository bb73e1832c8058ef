/// How an event's own path and the path in its ARN go together. API Gateway names the path as the API has it in the ARN;
/// the event's path may begin with the stage (HTTP APIs) or with a custom domain's base path.
enum EventPath {
    enum Relation: Equatable {
        /// They name one path. What the client sent, as far as the event has it, and so what must be allowed.
        case agreement([[UInt8]])
        case contradiction
    }

    /// - Parameters:
    ///   - path: the event's.
    ///   - isCustomDomain: whether the client used a domain of the API's owner.
    static func relation(of path: [UInt8], to arn: MethodARN, isCustomDomain: Bool) -> Relation {
        let expected = Array(arn.path.utf8)
        let candidates =
            [path, withoutStage(path, arn.stage)].compactMap { $0 } + (isCustomDomain ? withoutBase(path) : [])
        if candidates.contains(expected) { return .agreement([expected]) }
        for candidate in candidates {
            // Where one of them is the other one decoded, the other one is what the client sent.
            if decoded(candidate) == expected { return .agreement([candidate]) }
            if candidate == decoded(expected) { return .agreement([expected]) }
            if decoded(candidate) == decoded(expected) { return .agreement([candidate, expected]) }
        }
        return .contradiction
    }

    /// The path without each base path that it may begin with: one or a few whole segments.
    private static func withoutBase(_ path: [UInt8]) -> [[UInt8]] {
        path.indices.dropFirst().filter { path[$0] == UInt8(ascii: "/") }.prefix(8).map { Array(path[$0...]) }
    }

    /// The path without `/STAGE` at its start; nil where it does not begin so.
    static func withoutStage(_ path: [UInt8], _ stage: String) -> [UInt8]? {
        let prefix = Array("/\(stage)".utf8)
        guard stage != "$default", path.starts(with: prefix) else { return nil }
        let rest = Array(path.dropFirst(prefix.count))
        if rest.isEmpty { return [UInt8(ascii: "/")] }
        return rest.first == UInt8(ascii: "/") ? rest : nil
    }

    /// The bytes with each good percent triplet taken for what it stands for, once.
    private static func decoded(_ text: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var position = 0
        while position < text.count {
            if text[position] == UInt8(ascii: "%"), position + 2 < text.count,
                let byte = UInt8(String(decoding: text[(position + 1)...(position + 2)], as: UTF8.self), radix: 16)
            {
                output.append(byte)
                position += 3
            } else {
                output.append(text[position])
                position += 1
            }
        }
        return output
    }
}
