import Foundation
import TestSupport

/// One case of http-smuggling.json.
struct SmugglingCase: Decodable, Sendable {
    let id: String
    let raw: String
    let expect: String
    let requests: Int
    let status_hint: Int?
    let why: String
    let must_deny: String?
    let upstream_headers_absent: [String]?
    let upstream_headers_absent_value: [String: String]?
    let upstream_must_contain: [String]?

    static func all() throws -> [SmugglingCase] {
        try CorpusFolder.cases("http-smuggling.json")
    }

    private var rawBytes: [UInt8] { Data(base64Encoded: raw).map(Array.init) ?? [] }

    var isAboutTokens: Bool {
        must_deny != nil || String(decoding: rawBytes, as: UTF8.self).contains("Bearer GOOD")
    }

    /// What goes on the wire: GOOD and BAD in a credential stand for a good and a bad token.
    func bytes(good: String, bad: String) -> [UInt8] {
        guard isAboutTokens else { return rawBytes }
        // One byte is one character, so that nothing but the placeholders changes.
        let text = String(String.UnicodeScalarView(rawBytes.map { Unicode.Scalar($0) }))
        let replaced =
            text
            .replacingOccurrences(of: "GOOD", with: good)
            .replacingOccurrences(of: "BAD", with: bad)
        return replaced.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    /// What is wrong with what an upstream got, or nil.
    func fault(inUpstream seen: RecordingUpstream.Record, _ outcome: SmugglingOutcome) -> String? {
        // A request that never became complete may have begun to arrive: what the upstream must never take for a whole.
        let garbage = seen.garbage.filter { expect != "close" || !$0.contains("ended within") }
        if !garbage.isEmpty { return "the upstream got \(garbage)" }
        if expect == "reject" && !seen.requests.isEmpty {
            return "\(seen.requests.count) requests reached the upstream"
        }
        let allowed = outcome.responses.filter { $0.status == 200 }.count
        if seen.requests.count != allowed { return "\(allowed) answers, but \(seen.requests.count) requests upstream" }
        if !isAboutTokens, let target = firstOriginTarget, let first = seen.requests.first, first.target != target {
            return "the upstream got the target \(first.target)"
        }
        return outcome.denialFault(self) ?? fieldFault(seen.requests)
    }

    private func fieldFault(_ requests: [RecordedRequest]) -> String? {
        for request in requests {
            for name in upstream_headers_absent ?? [] where !request.values(name).isEmpty {
                return "the upstream got the field \(name)"
            }
            for (name, value) in upstream_headers_absent_value ?? [:] where request.values(name).contains(value) {
                return "the upstream got \(name): \(value)"
            }
            for name in upstream_must_contain ?? [] where request.values(name).count != 1 {
                return "the upstream did not get exactly one \(name)"
            }
        }
        if upstream_must_contain?.isEmpty == false && requests.isEmpty { return "nothing reached the upstream" }
        return nil
    }

    /// The first request's target where it is a path, which is forwarded as it stands.
    private var firstOriginTarget: String? {
        let line = rawBytes.drop { $0 == 13 || $0 == 10 }.prefix { $0 != 13 && $0 != 10 }
        let parts = line.split(separator: 32)
        guard parts.count == 3, parts[1].first == UInt8(ascii: "/") else { return nil }
        return String(decoding: parts[1], as: UTF8.self)
    }
}
