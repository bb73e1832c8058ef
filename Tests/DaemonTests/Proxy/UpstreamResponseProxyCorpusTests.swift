import Foundation
import TestSupport
import Testing

@testable import Daemon

/// Every case of `http-upstream-responses.json`: what a client sees of it, and that the next client sees nothing of it.
@Suite(.enabled(if: CorpusFolder.isPresent, "\(CorpusFolder.absence)"))
struct UpstreamResponseProxyCorpusTests {
    struct Case: Decodable {
        let id: String
        let raw: Data
        let expect: String
        let why: String
    }

    enum Outcome: String {
        case forward
        case badGateway = "502"
        case timeout = "504"
        case abort
    }

    @Test func every_answer_ends_as_the_corpus_says() throws {
        let answer = Awaited((raw: [UInt8](), staysOpen: false))
        let upstream = try ScriptedUpstream { connection, _ in
            let head = try connection.readHead()
            guard head.hasPrefix("GET /case") else { return connection.send("HTTP/1.1 200 OK\r\n\r\nnext") }
            let (raw, staysOpen) = answer.current
            connection.send(raw)
            if staysOpen { _ = try connection.readToEnd() }
        }
        var limits = ServingLimits()
        limits.upstreamResponseTimeout = 500_000_000
        let proxy = try ProxyFixture(upstream: upstream.address, limits: limits)
        var counts: [String: Int] = [:]
        for entry in try CorpusFolder.cases("http-upstream-responses.json", as: Case.self) {
            answer.update { $0 = (Array(entry.raw), entry.expect == "504") }
            let client = try proxy.connect()
            try client.send("GET /case HTTP/1.1\r\nHost: a\r\n\r\n")
            let outcome = Self.outcome(client)
            let allowed = Self.allowed(entry)
            #expect(allowed.contains(outcome), "\(entry.id): \(outcome), \(entry.why)")
            let difference = outcome.rawValue == entry.expect ? "" : " instead of \(entry.expect)"
            counts[outcome.rawValue + difference, default: 0] += 1
            let next = try proxy.connect().exchange("GET /next HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(next.status == 200 && next.text == "next", "\(entry.id)")
        }
        print("http-upstream-responses: \(counts.values.reduce(0, +)) cases, \(counts)")
        #expect(counts.values.reduce(0, +) > 40)
    }

    private static func outcome(_ client: RawConnection) -> Outcome {
        do {
            switch try client.readResponse().status {
            case 502: return .badGateway
            case 504: return .timeout
            default: return .forward
            }
        } catch { return .abort }
    }

    /// What the corpus says; and where a lenient parser published the case, also the strict reading of bytes that are not
    /// a complete HTTP/1.1 message.
    private static func allowed(_ entry: Case) -> [Outcome] {
        guard let said = Outcome(rawValue: entry.expect) else { return [] }
        // Where a chunk is malformed the head may have gone out: cutting the connection is what is left.
        if said == .badGateway, entry.raw.firstRange(of: Data("chunked\r\n\r\n".utf8)) != nil { return [said, .abort] }
        guard said == .forward, entry.id.hasPrefix("llhttp") else { return [said] }
        let text = String(String.UnicodeScalarView(entry.raw.map { Unicode.Scalar($0) }))
        let isHTTP = text.hasPrefix("HTTP/1.1 ") || text.hasPrefix("HTTP/1.0 ")
        let lower = text.lowercased()
        let codings = lower.components(separatedBy: "transfer-encoding:").count - 1
        let isOneCoding = codings <= 1 && !lower.contains("chunkedchunked")
        if !isHTTP || !text.contains("\r\n\r\n") || !isOneCoding { return [.badGateway] }
        if codings == 1, !text.hasSuffix("0\r\n\r\n") { return [.abort] }
        return [.forward]
    }
}
