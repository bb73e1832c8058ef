internal import Authorization

/// Puts rules into IAM's words, once for a policy. A rule that cannot be put exactly gets nothing, and its requests are
/// allowed one by one. docs/aws-policy.md has the reasons.
struct CoverageBuilder {
    private let rules: [Rule]
    private let areFoldable: Bool

    /// What API Gateway lets through; a rule without methods means these.
    static let methods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
    /// More texts than this are not worth their place in a cache.
    static let mostTexts = 60

    init(_ rules: [Rule]) {
        self.rules = rules
        // Patterns with capital letters or a slash at the end have twins that differ in nothing else.
        areFoldable = rules.allSatisfy { rule in
            let segments = rule.match.path.segments
            return segments.allSatisfy { $0.literal?.utf8.contains(where: \.isUpper) != true }
                && (segments.count < 2 || segments.last != .literal(""))
        }
    }

    /// - Returns: nil where only single requests can be named.
    func coverage(of index: Int) -> RuleCoverage? {
        // A policy cannot name hosts, so it would hold for all of them.
        guard rules.allSatisfy({ $0.match.host == nil }) else { return nil }
        let rule = rules[index]
        let path = rule.match.path
        guard path.segments.allSatisfy(Self.isPlain) else { return nil }
        if rules.count == 1, path.coversBelow, path.segments.isEmpty, rule.match.methods.isEmpty {
            return RuleCoverage(allow: ["*"], deny: Self.ambiguous)
        }
        let methods = methods(of: index)
        let holdsAny = path.segments.contains(.any)
        guard !methods.isEmpty, !(holdsAny && path.coversBelow), !(holdsAny && path.segments.last == .literal(""))
        else {
            return nil
        }
        let texts = Self.texts(path)
        var coverage = RuleCoverage(allow: methods.flatMap { method in texts.map { method + $0 } }, deny: [])
        guard holdsAny || path.coversBelow else { return fitting(coverage) }
        guard areFoldable, let holes = holes(in: index, methods) else { return nil }
        coverage.deny = Self.ambiguous + holes
        if holdsAny {
            // A star of IAM's reaches over slashes: nothing with more segments, and no empty one at the end.
            coverage.deny.append(String(repeating: "*/", count: path.segments.count + 1) + "*")
            coverage.deny.append("*/")
        }
        return fitting(coverage)
    }

    private func fitting(_ coverage: RuleCoverage) -> RuleCoverage? {
        coverage.allow.count + coverage.deny.count <= Self.mostTexts ? coverage : nil
    }

    /// The rule's own methods; of a rule for every method, those that no other rule of the same path takes.
    private func methods(of index: Int) -> [String] {
        let match = rules[index].match
        guard match.methods.isEmpty else { return match.methods.filter { $0.utf8.allSatisfy(\.isUpper) } }
        let twins = rules.filter { $0.match.path.isSame(as: match.path) }.flatMap(\.match.methods)
        return Self.methods.filter { !twins.contains($0) }
    }

    /// The paths of rules that stand before this one within its pattern.
    /// - Returns: nil where they cannot be put exactly.
    private func holes(in index: Int, _ methods: [String]) -> [String]? {
        let path = rules[index].match.path
        let others = rules.map(\.match.path).filter { $0.standsBefore(path) }
        guard others.allSatisfy({ $0.segments.allSatisfy { $0 != .any && Self.isPlain($0) } }) else { return nil }
        var texts: [String] = []
        var capitals: Set<UInt8> = []
        for other in others {
            let base = Self.base(other)
            // A server that drops a slash at the end reads the same path.
            texts += [base, base + (other.coversBelow ? "/*" : "/")]
            for (position, segment) in other.segments.enumerated()
            where position >= path.segments.count || path.segments[position] == .any {
                capitals.formUnion((segment.literal ?? "").utf8.filter(\.isLower).map { $0 & 0xDF })
            }
        }
        var unique: [String] = []
        for text in texts where !unique.contains(text) { unique.append(text) }
        // A server that ignores letter case reads the hole's path in any spelling: all of them have one of its capitals.
        let spellings = capitals.sorted().map { "*/*\(Character(Unicode.Scalar($0)))*" }
        return methods.flatMap { method in unique.map { method + $0 } } + spellings
    }

    /// The pattern in IAM's words.
    private static func texts(_ path: PathPattern) -> [String] {
        let base = base(path)
        guard path.coversBelow else { return [base] }
        return base.isEmpty ? ["/*"] : [base, base + "/*"]
    }

    private static func base(_ path: PathPattern) -> String {
        path.segments.map { "/" + ($0.literal ?? "*") }.joined()
    }

    /// Whether the segment means the same to IAM, and has one spelling that clients use.
    private static func isPlain(_ segment: PathPattern.Segment) -> Bool {
        guard let literal = segment.literal else { return true }
        return literal.utf8.allSatisfy { byte in
            byte.isUpper || byte.isLower || (0x30...0x39).contains(byte) || "-._~@:+,=!&'()".utf8.contains(byte)
        }
    }

    /// Paths that are refused whatever the rules say (`CanonicalPath`), encoded or decoded: encodings, empty segments,
    /// dots and blanks at the end of one, parameters, backslashes, fragments, sessions in parentheses.
    private static let ambiguous = [
        "*%*", "*//*", "*./*", "*.", "*;*", "*\\*", "*#*", "* /*", "* ", "*/ *", "*/(?(*",
    ]
}

extension PathPattern.Segment {
    /// nil for `*`.
    var literal: String? { if case .literal(let text) = self { text } else { nil } }
}

extension UInt8 {
    var isLower: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
    var isUpper: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
}
