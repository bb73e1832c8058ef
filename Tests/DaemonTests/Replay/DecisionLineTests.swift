import Authorization
import Gateways
import Logging
import Platform
import StrictJSON
import Testing

@testable import Daemon

/// Lines of the log, read back.
@Suite struct DecisionLineTests {
    private static let time = WallTime(seconds: 1_795_244_668, nanoseconds: 123_000_000)

    private static func facts(
        _ json: String = #"{"sub":"al\"ice","/realm_access/roles":["a",1,true],"n":-1.5e3}"#
    )
        -> ClaimFacts
    {
        guard let object = try? JSONValue(parsing: Array(json.utf8).span), case .object(let members) = object.content
        else { return ClaimFacts() }
        return ClaimFacts(
            values: members.compactMap { member in
                ClaimPath(member.name).map { ClaimFacts.Value(claim: $0, value: member.value) }
            },
            absent: ["scope", "a b"].compactMap { ClaimPath($0) }
        )
    }

    private static func record(
        reason: Reason = .allowed,
        path: String? = "/hello/x",
        rule: String? = "hello",
        claims: ClaimFacts? = facts()
    ) -> DecisionRecord {
        DecisionRecord(
            time: time,
            door: .nginx,
            outcome: Decision(reason).outcome,
            reason: reason,
            shadowReason: nil,
            rule: rule,
            method: "GET",
            host: "api.example",
            path: path,
            issuer: "main",
            generation: 7,
            claims: claims
        )
    }

    private func line(_ record: DecisionRecord, _ format: LogFormat) -> [UInt8] {
        Array(LogEncoder(format: format).encode(record.logRecord).dropLast())
    }

    private func read(_ record: DecisionRecord, _ format: LogFormat) -> RecordedDecision? {
        if case .decision(let record) = DecisionLine(line(record, format)) { record } else { nil }
    }

    private func json(_ facts: ClaimFacts) -> [String] {
        facts.values.map { value in
            var writer = JSONWriter()
            writer.value(value.value)
            return value.claim.text + "=" + String(decoding: writer.bytes, as: UTF8.self)
        }
    }

    @Test(arguments: [LogFormat.json, .text, .journal])
    func a_line_of_each_format_reads_back_as_it_was_written(format: LogFormat) throws {
        let read = try #require(self.read(Self.record(), format))
        #expect(read.reason == .allowed && read.method == "GET" && read.host == "api.example")
        #expect(read.path == "/hello/x" && read.rule == "hello" && read.issuer == "main" && !read.isPathCut)
        #expect(json(read.claims) == json(Self.facts()))
        #expect(read.claims.absent.map(\.text) == ["scope", "a b"])
        #expect(read.time == (format == .journal ? nil : Timestamp(seconds: 1_795_244_668.123)))
    }

    @Test(arguments: [LogFormat.json, .text, .journal], HostileText.all)
    func hostile_text_in_a_line_stays_what_it_was(format: LogFormat, hostile: String) throws {
        let claims = ClaimFacts(values: [
            ClaimFacts.Value(claim: try #require(ClaimPath("sub")), value: JSONValue(.string(hostile)))
        ])
        let record = Self.record(path: "/" + hostile, rule: hostile, claims: claims)
        let line = line(record, format)
        #expect(line.count <= LogEncoder.maximumLine)
        #expect(HostileText.isOneLine(line + [UInt8(ascii: "\n")]))
        guard case .decision(let read) = DecisionLine(line) else {
            Issue.record("not read back: \(String(decoding: line, as: UTF8.self))")
            return
        }
        #expect(read.isPathCut == (hostile.utf8.count > 1000))
        if hostile.utf8.count < 100 {
            #expect(read.path.map { Array($0.utf8) } == Array(("/" + hostile).utf8))
            #expect(read.rule.map { Array($0.utf8) } == Array(hostile.utf8))
            #expect(read.claims.values.first?.value.string.map { Array($0.utf8) } == Array(hostile.utf8))
        } else {
            #expect(read.claims.values.isEmpty, "a claim that does not fit is left out whole")
        }
    }

    @Test func claims_that_do_not_fit_are_left_out_and_the_line_says_so() throws {
        let facts = Self.facts(#"{"a":"x","b":"\#(String(repeating: "y", count: 2000))","c":"z"}"#)
        for format in [LogFormat.json, .text, .journal] {
            let text = String(decoding: line(Self.record(claims: facts), format), as: UTF8.self)
            #expect(text.contains("claims_truncated"))
            #expect(
                try #require(self.read(Self.record(claims: facts), format)).claims.values.map(\.claim.text) == [
                    "a", "c",
                ]
            )
        }
        #expect(!String(decoding: line(Self.record(), .json), as: UTF8.self).contains("truncated"))
    }

    @Test func a_line_without_claims_says_nothing_of_them() {
        let text = String(decoding: line(Self.record(claims: nil), .json), as: UTF8.self)
        #expect(!text.contains("claims"))
    }

    private func journal(_ message: String) -> DecisionLine {
        DecisionLine(Array(#"{"_PID":"7","MESSAGE":\#(message),"__REALTIME_TIMESTAMP":"1795244668123000"}"#.utf8))
    }

    @Test func an_entry_of_the_journal_is_read_with_its_time() throws {
        let text = "decision door=nginx decision=deny reason=no_rule method=GET path=\\\"/a b\\\" generation=1"
        let expected = DecisionLine.decision(
            RecordedDecision(
                reason: .noRule,
                method: "GET",
                path: "/a b",
                time: Timestamp(seconds: 1_795_244_668.123)
            )
        )
        #expect(journal("\"\(text)\"") == expected)
        let bytes = text.replacing("\\", with: "").utf8.map { String($0) }.joined(separator: ",")
        #expect(journal("[\(bytes)]") == expected)
        let inner =
            #"{\"message\":\"decision\",\"decision\":\"deny\",\"reason\":\"no_rule\",\"method\":\"GET\",\"path\":\"/a b\"}"#
        #expect(journal("\"\(inner)\"") == expected)
        for message in ["null", "7", "[300]", "{}", "[\"a\"]", "\"\"", "\"keys loaded issuer=main\""] {
            #expect(journal(message) == .other, "\(message)")
        }
    }

    @Test(arguments: [
        "", " ", "{", "{}", "[]", "null", #"{"message":"keys loaded"}"#, #"{"message":1}"#, "decisions were not logged",
        "2026-11-21T07:04:28.123Z INFO     keys loaded", "plain text", "<5>", "<5>keys loaded", "decisionx=1",
    ])
    func what_is_no_decision_is_passed_over(line: String) {
        #expect(DecisionLine(Array(line.utf8)) == .other)
    }

    @Test(arguments: [
        "decision", "decision door=nginx", "decision decision=allow reason=no_rule method=GET",
        "decision decision=deny reason=unheard_of method=GET", "decision decision=deny reason=no_rule",
        "decision decision=deny reason=no_rule method=\"GET", #"{"message":"decision"}"#,
        #"{"message":"decision","decision":"deny","reason":"no_rule","method":7}"#,
        #"{"message":"decision","decision":"deny","reason":"no_rule","method":"GET","shadow_reason":"no_rule"}"#,
        #"{"message":"decision","decision":"deny","reason":"no_rule","method":"GET","claims":[]}"#,
        #"{"message":"decision","decision":"deny","reason":"no_rule","method":"GET","claims":{"/~":1}}"#,
        "decision decision=deny reason=no_rule method=GET claims=\"{\"",
    ])
    func a_decision_that_authd_never_wrote_is_damaged(line: String) {
        #expect(DecisionLine(Array(line.utf8)) == .damaged)
    }

    @Test func random_bytes_are_read_to_the_end() {
        var random = SystemRandomNumberGenerator()
        let good = line(Self.record(), .text)
        let json = line(Self.record(), .json)
        for _ in 0..<20_000 {
            var line = Bool.random(using: &random) ? good : json
            for _ in 0..<Int.random(in: 0..<4, using: &random) {
                let position = Int.random(in: 0..<line.count, using: &random)
                if Bool.random(using: &random) {
                    line[position] = UInt8.random(in: 0...255, using: &random)
                } else {
                    line.removeSubrange(position...)
                    break
                }
                if line.isEmpty { break }
            }
            _ = DecisionLine(line)
        }
    }

    @Test func times_read_back_as_they_were_written() {
        for seconds in [0, 951_782_399, 951_782_400, 951_868_800, 1_709_164_800, 4_107_542_400, 253_402_300_799] {
            let text = TimeText.rfc3339(WallTime(seconds: Int64(seconds), nanoseconds: 250_000_000))
            #expect(TimeText.seconds(rfc3339: text) == Double(seconds) + 0.25, "\(text)")
        }
        for text in ["", "2026-11-21", "2026-11-21T07:04:28Z", "2026-13-21T07:04:28.123Z", "2026-11-21 07:04:28.123Z"] {
            #expect(TimeText.seconds(rfc3339: text) == nil)
        }
    }
}
