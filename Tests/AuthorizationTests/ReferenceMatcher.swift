import Authorization

/// The rules of the contract for choosing a rule, written down without any thought of speed: every rule is looked at for
/// every request.
struct ReferenceMatcher {
    enum Outcome: Equatable {
        case rule(Int)
        case none, otherMethod, ambiguous
    }

    private struct Pattern {
        let segments: [String?]
        let coversBelow: Bool
        let host: HostPattern?
        let methods: [String]

        var pair: String {
            segments.map { $0.map { "=" + $0 } ?? "*" }.joined(separator: "/") + "|\(coversBelow)|\(host?.text ?? "")"
        }

        /// As a reader sees it who ignores letter case and a trailing slash.
        var folded: Pattern {
            var segments = segments.map { $0?.lowercased() }
            if !coversBelow, segments.count > 1, segments.last == "" { segments.removeLast() }
            return Pattern(segments: segments, coversBelow: coversBelow, host: host, methods: methods)
        }
    }

    private let patterns: [Pattern]
    private let folded: [Pattern]

    init(_ rules: [Rule]) {
        patterns = rules.map { rule in
            Pattern(
                segments: rule.match.path.segments.map { segment in
                    switch segment {
                    case .literal(let text): text
                    case .any: nil
                    }
                },
                coversBelow: rule.match.path.coversBelow,
                host: rule.match.host,
                methods: rule.match.methods
            )
        }
        folded = patterns.map(\.folded)
    }

    /// - Parameter path: canonical and in ASCII.
    func match(path: String, host: String, method: String) -> Outcome {
        let segments = Self.segments(path)
        guard let best = Self.best(patterns, segments, host) else { return .none }
        var plain = segments.map { $0.lowercased() }
        if plain.count > 1, plain.last == "" { plain.removeLast() }
        let other = Self.best(folded, plain, host)
        guard other.map({ folded[$0].pair }) == folded[best].pair else { return .ambiguous }
        let pair = patterns[best].pair
        let candidates = patterns.indices.filter { patterns[$0].pair == pair }
        if let exact = candidates.first(where: { patterns[$0].methods.contains(method) }) { return .rule(exact) }
        if let any = candidates.first(where: { patterns[$0].methods.isEmpty }) { return .rule(any) }
        return .otherMethod
    }

    private static func segments(_ path: String) -> [String] {
        path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    }

    private static func best(_ patterns: [Pattern], _ path: [String], _ host: String) -> Int? {
        var best: (index: Int, rank: [Int])?
        for (index, pattern) in patterns.enumerated() {
            guard let rank = rank(pattern, path, host) else { continue }
            if best.map({ $0.rank.lexicographicallyPrecedes(rank) }) ?? true { best = (index, rank) }
        }
        return best?.index
    }

    /// How specific a pattern is for a path, segment by segment and then by host; nil where it does not match.
    private static func rank(_ pattern: Pattern, _ path: [String], _ host: String) -> [Int]? {
        guard pattern.coversBelow ? path.count >= pattern.segments.count : path.count == pattern.segments.count else {
            return nil
        }
        var rank: [Int] = []
        for (index, segment) in path.enumerated() {
            guard index < pattern.segments.count else {
                rank.append(0)
                continue
            }
            if let literal = pattern.segments[index] {
                guard literal == segment else { return nil }
                rank.append(2)
            } else {
                guard !segment.isEmpty else { return nil }
                rank.append(1)
            }
        }
        rank.append(pattern.coversBelow ? 0 : 1)
        switch pattern.host {
        case nil: rank.append(0)
        case .exact(let name):
            guard name == host else { return nil }
            rank.append(1000)
        case .suffix(let name):
            guard host.hasSuffix("." + name), host.count > name.count + 1 else { return nil }
            rank.append(name.count)
        }
        return rank
    }
}
