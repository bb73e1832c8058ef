/// The rules, compiled: which one speaks of a request.
struct RuleTable: Sendable {
    enum Match: Equatable {
        case rule(Int)
        case none
        /// The path is known, but under other methods; the value indexes `allowedMethods`.
        case otherMethod(Int)
        /// A server that ignores case or a trailing slash would read another rule's path.
        case ambiguous
    }

    /// The rules of one (path, host) pair.
    private struct Pair: Sendable {
        var methods: [(method: [UInt8], rule: Int)] = []
        /// The rule for every other method; -1: none.
        var anyMethod = -1
        /// What the pair is called when case and a trailing slash are ignored.
        var foldedGroup: Int32 = -1
    }

    private var exact = PathTrie()
    private var folded = PathTrie()
    private var pairs: [Pair] = []
    /// Whether any pattern has upper case or a trailing slash.
    private var patternsFold = false

    /// Whether any rule names a host, so that a request without one cannot be decided.
    var usesHosts: Bool { exact.usesHosts }

    init(_ rules: [Rule]) {
        for (index, rule) in rules.enumerated() { add(rule, index) }
    }

    private mutating func add(_ rule: Rule, _ index: Int) {
        let path = rule.match.path
        let new = Int32(pairs.count)
        let pair = Int(exact.insert(path, host: rule.match.host, value: new) ?? new)
        if pair == pairs.count {
            pairs.append(Pair())
            addFolded(path, host: rule.match.host, pair: pair)
        }
        if rule.match.methods.isEmpty {
            if pairs[pair].anyMethod < 0 { pairs[pair].anyMethod = index }
        } else {
            for method in rule.match.methods { pairs[pair].methods.append((Array(method.utf8), index)) }
        }
    }

    private mutating func addFolded(_ path: PathPattern, host: HostPattern?, pair: Int) {
        var segments = path.segments.map { segment -> PathPattern.Segment in
            guard case .literal(let text) = segment else { return .any }
            let bytes = Array(text.utf8)
            if bytes.contains(where: \.isASCIIUpper) { patternsFold = true }
            return .literal(String(decoding: bytes.map(\.lowercasedASCII), as: UTF8.self))
        }
        if !path.coversBelow, segments.count > 1, segments.last == .literal("") {
            segments.removeLast()
            patternsFold = true
        }
        let group = Int32(pair)
        pairs[pair].foldedGroup =
            folded.insert(segments, coversBelow: path.coversBelow, host: host, value: group) ?? group
    }

    /// - Parameters:
    ///   - path: canonical, with its leading slash.
    ///   - host: canonical; empty: none.
    func match(path: Span<UInt8>, host: Span<UInt8>, method: Span<UInt8>) -> Match {
        guard let pair = exact.find(path: path, host: host) else { return .none }
        guard hasOneReading(path, host: host, pair: Int(pair)) else { return .ambiguous }
        return match(pairs[Int(pair)], Int(pair), method: method)
    }

    /// The methods that the pair of an `otherMethod` match knows, in the order of the rules.
    func allowedMethods(_ pair: Int) -> [String] {
        pairs[pair].methods.map { String(decoding: $0.method, as: UTF8.self) }
    }

    private func match(_ pair: Pair, _ index: Int, method: Span<UInt8>) -> Match {
        for entry in pair.methods where entry.method.count == method.count {
            var isEqual = true
            for offset in 0..<method.count where entry.method[offset] != method[offset] { isEqual = false }
            if isEqual { return .rule(entry.rule) }
        }
        return pair.anyMethod >= 0 ? .rule(pair.anyMethod) : .otherMethod(index)
    }

    /// Whether the path finds the same rules when letter case and a trailing slash are ignored, as some servers do. Where
    /// it does not, the request could be served as one that another rule guards.
    private func hasOneReading(_ path: Span<UInt8>, host: Span<UInt8>, pair: Int) -> Bool {
        var hasUpperCase = false
        for position in 0..<path.count where path[position].isASCIIUpper { hasUpperCase = true }
        let hasTrailingSlash = path.count > 1 && path[path.count - 1] == UInt8(ascii: "/")
        guard hasUpperCase || hasTrailingSlash || patternsFold else { return true }
        return folded.findFolded(path: path, host: host) == pairs[pair].foldedGroup
    }
}
