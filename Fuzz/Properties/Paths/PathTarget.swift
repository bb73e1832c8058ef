internal import Authorization

/// Request targets: a canonical path has one reading and stays as it is, whoever writes it down again.
package final class PathTarget: FuzzTarget {
    private var used: [UInt8] = []

    package init() {}

    package func check(_ input: Span<UInt8>) throws(Violation) {
        var path: [UInt8] = []
        let outcome = CanonicalPath.write(input, in: 0..<input.count, to: &path)
        let around = Array("%2".utf8) + input.array + Array("f/..".utf8)
        let inner = CanonicalPath.write(around.span, in: 2..<(2 + input.count), to: &used)
        try require(inner == outcome && used == path, "bytes around a target do not matter")
        let bytes = input.array
        let isText = bytes.first == UInt8(ascii: "/") && bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x23 }
        try require(isText || outcome == .malformed, "what is no request target is malformed")
        guard outcome == .canonical else { return }
        try checkForm(path)
        try checkRewritten(path)
        try checkPattern(path)
    }

    private func checkForm(_ path: [UInt8]) throws(Violation) {
        try require(path.first == UInt8(ascii: "/"), "a canonical path is absolute")
        try require(path.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "a canonical path has no control characters")
        try require(!path.contains { "\\;%?#".utf8.contains($0) }, "a canonical path has no second delimiter")
        guard let text = String(validating: path, as: UTF8.self) else {
            throw Violation("a canonical path is UTF-8")
        }
        let segments = text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        try require(!segments.dropLast().contains { $0.isEmpty }, "a canonical path has no empty segment inside")
        for segment in segments {
            let isDots = !segment.isEmpty && segment.allSatisfy { $0 == UInt8(ascii: ".") }
            try require(!isDots, "a canonical path climbs nowhere")
        }
    }

    /// Encoded as any client may encode it, the path is the same.
    private func checkRewritten(_ path: [UInt8]) throws(Violation) {
        let digits = Array("0123456789abcdef".utf8)
        var least: [UInt8] = []
        var most: [UInt8] = []
        for byte in path {
            let encoded = [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            least += byte > 0x20 && byte < 0x7F ? [byte] : encoded
            most += byte == UInt8(ascii: "/") ? [byte] : encoded
        }
        for spelling in [least, most, least + Array("?a=%00/../".utf8)] {
            let outcome = CanonicalPath.write(spelling.span, in: 0..<spelling.count, to: &used)
            try require(outcome == .canonical && used == path, "every spelling of a canonical path is the same path")
        }
    }

    /// A rule for exactly this path speaks of it.
    private func checkPattern(_ path: [UInt8]) throws(Violation) {
        let text = String(decoding: path, as: UTF8.self)
        guard !text.utf8.contains(UInt8(ascii: "*")) else { return }
        guard let pattern = try? PathPattern(text) else { throw Violation("a canonical path is a pattern") }
        let literals = pattern.segments.map { segment in
            if case .literal(let literal) = segment { literal } else { "*" }
        }
        let rebuilt = "/" + literals.joined(separator: "/")
        try require(rebuilt.utf8.elementsEqual(text.utf8), "a pattern's segments are the path's")
        let rule = Rule(name: "exact", match: RequestMatch(path: pattern), effect: .anonymous)
        let policy = Policy(issuers: [], rules: [rule])
        var authorizer = Authorizer(AuthorizationSnapshot(policy: policy, keyRings: [], generation: 1))
        let request = encodedRequest(path)
        let question = AuthorizationRequest(
            method: 0..<3,
            target: 3..<request.count,
            host: nil,
            credential: .absent
        )
        let decision = authorizer.decide(question, in: request.span, now: Timestamp(seconds: 0))
        try require(decision.outcome == .allow && decision.rule == 0, "a rule for exactly this path speaks of it")
    }

    private func encodedRequest(_ path: [UInt8]) -> [UInt8] {
        var bytes = Array("GET".utf8)
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in path {
            if byte > 0x20, byte < 0x7F {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return bytes
    }
}
