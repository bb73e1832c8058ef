import Authorization
import Foundation
import TestSupport
import Testing

@testable import Daemon

/// Every case of `http-smuggling.json` through a real proxy to a recording upstream.
@Suite(.enabled(if: CorpusFolder.isPresent, "\(CorpusFolder.absence)"), .serialized)
struct SmugglingProxyCorpusTests {
    struct Case: Decodable {
        enum Expectation: String, Decodable {
            case reject
            case acceptOne = "accept-one"
            case close
        }

        let id: String
        let raw: Data
        let expect: Expectation
        let requests: Int
        let why: String
        let absent: [String]?
        let absentValues: [String: String]?
        let mustContain: [String]?
        let mustDeny: String?

        enum CodingKeys: String, CodingKey {
            case id, raw, expect, requests, why
            case absent = "upstream_headers_absent"
            case absentValues = "upstream_headers_absent_value"
            case mustContain = "upstream_must_contain"
            case mustDeny = "must_deny"
        }
    }

    private static let identity = [("X-Auth-User", "sub"), ("X-Auth-Request-Groups", "groups")]

    @Test func nothing_is_smuggled_where_everything_is_allowed() throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address, identity: Self.identity)
        var counts: [String: Int] = [:]
        for entry in try CorpusFolder.cases("http-smuggling.json", as: Case.self) {
            upstream.forget()
            let answers = try Self.answers(to: entry.raw, from: proxy, halfCloses: entry.expect != .reject)
            let requests = upstream.requests
            // A request that the client cut is cut for the upstream, too.
            let garbage = upstream.record.current.garbage.filter { !$0.hasPrefix("the connection ended within a") }
            #expect(garbage.isEmpty, "\(entry.id) \(garbage)")
            switch entry.expect {
            case .reject:
                #expect(answers.count == 1 && answers.allSatisfy { $0 >= 400 }, "\(entry.id) \(answers): \(entry.why)")
                #expect(requests.isEmpty, "\(entry.id): \(entry.why)")
            case .acceptOne:
                #expect(answers.count == entry.requests, "\(entry.id) \(answers): \(entry.why)")
                #expect(requests.count <= entry.requests, "\(entry.id): \(entry.why)")
            case .close:
                #expect(answers.count - entry.requests <= 1, "\(entry.id) \(answers): \(entry.why)")
                #expect(requests.count <= entry.requests, "\(entry.id): \(entry.why)")
            }
            for request in requests { Self.check(request, entry) }
            counts[entry.expect.rawValue, default: 0] += 1
        }
        print("http-smuggling through the proxy: \(counts.values.reduce(0, +)) cases, \(counts)")
        #expect(counts.values.reduce(0, +) > 400)
    }

    @Test func nothing_passes_without_its_own_token() throws {
        let upstream = try RecordingUpstream()
        let rules = [try ProxyFixture.closed()]
        let proxy = try ProxyFixture(upstream: upstream.address, rules: rules, identity: Self.identity)
        let (good, bad) = (ProxyFixture.token(), ProxyFixture.token() + "x")
        var passed = 0
        for entry in try CorpusFolder.cases("http-smuggling.json", as: Case.self) {
            upstream.forget()
            let raw = Self.fill(entry.raw, good: good, bad: bad)
            _ = try Self.answers(to: raw, from: proxy, halfCloses: entry.expect != .reject)
            let requests = upstream.requests
            passed += requests.count
            #expect(requests.count <= (entry.expect == .reject ? 0 : entry.requests), "\(entry.id)")
            #expect(requests.allSatisfy { $0["authorization"] == "Bearer \(good)" }, "\(entry.id)")
            for name in entry.mustContain ?? [] {
                #expect(requests.first?.values(name).count == 1, "\(entry.id)")
            }
            switch entry.mustDeny {
            case nil: break
            case "second": #expect(requests.count == 1, "\(entry.id)")
            default: #expect(requests.isEmpty, "\(entry.id)")
            }
        }
        print("http-smuggling behind a token: \(passed) requests passed, each with its own")
        #expect(passed > 0)
    }

    private static func check(_ request: RecordedRequest, _ entry: Case) {
        for name in entry.absent ?? [] where !["transfer_encoding", "content_length"].contains(name) {
            // Empty where it is an identity header and nobody was identified.
            #expect(request.values(name).allSatisfy { $0.isEmpty }, "\(entry.id)")
        }
        #expect(!request.fields.contains { $0.name.contains("_") }, "\(entry.id)")
        for (name, value) in entry.absentValues ?? [:] { #expect(!request.values(name).contains(value), "\(entry.id)") }
    }

    /// The status codes of all final answers until the proxy closes.
    private static func answers(to raw: Data, from proxy: ProxyFixture, halfCloses: Bool) throws -> [Int] {
        let client = try proxy.connect()
        try client.send(raw)
        // Ends the connection from our side where the proxy would keep it.
        if halfCloses { client.halfClose() }
        guard let bytes = try? client.readToEnd() else {
            Issue.record("the proxy does not close after \(String(decoding: raw.prefix(300), as: UTF8.self))")
            return []
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let codes = text.components(separatedBy: "HTTP/1.1 ").dropFirst().compactMap { Int($0.prefix(3)) }
        return codes.filter { $0 >= 200 }
    }

    private static func fill(_ raw: Data, good: String, bad: String) -> Data {
        var text = raw
        for (placeholder, token) in [("Bearer GOOD", "Bearer \(good)"), ("Bearer BAD", "Bearer \(bad)")] {
            while let range = text.firstRange(of: Data(placeholder.utf8)) {
                text.replaceSubrange(range, with: Data(token.utf8))
            }
        }
        return text
    }
}
