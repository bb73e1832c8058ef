import APIGateway
import Authorization
import Foundation
import TestSupport
import Testing

/// Every event of the corpus, with a good token put in where it has a place for one.
@Suite(.enabled(if: CorpusFolder.isPresent, "\(CorpusFolder.absence)"))
struct AWSEventCorpusTests {
    private struct Expectation: Decodable {
        let file: String
        let expect: String
        let why: String
    }

    private let world = GatewayWorld(identity: [("User", "sub"), ("Nested", "nested"), ("List", "list")])
    private let nested = Tokens.make(
        #"{"sub":"alice","exp":1800000060,"nested":{"a":[1,{}]},"list":["x",{"y":null},null],"n":null}"#
    )
    private let broken = Tokens.make(#"{"sub":"a\r\nSet-Cookie: x","exp":1800000060}"#)

    private func text(_ file: String) throws -> String {
        String(decoding: try CorpusFolder.contents(of: "aws-events/" + file), as: UTF8.self)
            .replacing("GOOD-WITH-NESTED-CLAIMS", with: nested).replacing("GOOD-WITH-CRLF-SUB", with: broken)
            .replacing("GOOD", with: Tokens.good)
    }

    @Test func hostile_events_are_decided_as_the_corpus_says() throws {
        let cases = try CorpusFolder.cases("aws-events/hostile/INDEX.json", as: Expectation.self)
        var counts: [String: Int] = [:]
        for entry in cases {
            let outcome = world.outcome(try text(entry.file))
            let allows = outcome.decision?.outcome == .allow
            if entry.expect.hasPrefix("error") {
                #expect(outcome.answer == .failure, "\(entry.file): \(entry.why)")
            } else {
                let mayBoth = entry.expect.contains(", or deny")
                #expect(allows == entry.expect.hasPrefix("allow") || mayBoth, "\(entry.file): \(entry.why): \(outcome)")
                if case .response(let bytes) = outcome.answer { try checkForm(bytes, allows: allows, entry.file) }
            }
            counts[outcome.decision?.reason.rawValue ?? "error", default: 0] += 1
        }
        print("hostile events: \(cases.count), \(counts.sorted { $0.key < $1.key })")
    }

    @Test func events_of_others_are_read_or_refused_and_never_let_in_without_a_token() throws {
        var counts: [String: Int] = [:]
        var authorizers = 0
        for folder in ["aws-lambda-go", "sam-cli", "swift-aws-lambda-events"] {
            let url = CorpusFolder.url.appendingPathComponent("aws-events/" + folder)
            for name in try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
            where name.hasSuffix(".json") {
                let event = try text(folder + "/" + name)
                let outcome = world.outcome(event)
                #expect(outcome.decision?.outcome != .allow, "\(name)")
                counts[outcome.kind?.rawValue ?? "other", default: 0] += 1
                guard outcome.kind != nil, !event.contains("{{{") else { continue }
                authorizers += 1
                let allowed = world.outcome(try withToken(event))
                #expect(allowed.decision?.reason == .allowed, "\(name): \(allowed)")
                if case .response(let bytes) = allowed.answer { try checkForm(bytes, allows: true, name) }
            }
        }
        print("events of others: \(counts.sorted { $0.key < $1.key }), let in with a token: \(authorizers)")
        #expect(authorizers >= 7)
    }

    /// The event with a good token where its kind carries one.
    private func withToken(_ event: String) throws -> String {
        guard var object = try JSONSerialization.jsonObject(with: Data(event.utf8)) as? [String: Any] else {
            throw TestSupportError("no object")
        }
        let value = "Bearer \(Tokens.good)"
        if object["type"] as? String == "TOKEN" {
            object["authorizationToken"] = value
        } else {
            var headers = object["headers"] as? [String: Any] ?? [:]
            for name in headers.keys where name.lowercased() == "authorization" { headers[name] = nil }
            headers["Authorization"] = value
            object["headers"] = headers
        }
        return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
    }

    private func checkForm(_ bytes: [UInt8], allows: Bool, _ name: String) throws {
        let response = try Response(bytes)
        #expect(response.allowed.isEmpty == !allows && response.principal?.isEmpty == false, "\(name)")
        #expect((response.allowed + response.denied).allSatisfy { $0.utf8.count <= 512 }, "\(name)")
        #expect(!response.text.contains("\\r") && !response.text.contains("\\n"), "\(name)")
    }
}
