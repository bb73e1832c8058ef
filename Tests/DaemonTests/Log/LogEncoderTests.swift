import Authorization
import Gateways
import Logging
import Platform
import StrictJSON
import TestSupport
import Testing

@testable import Daemon

/// Records as lines: always one line, always within PIPE_BUF, always what the format says.
@Suite struct LogEncoderTests {
    private static let time = WallTime(seconds: 1_795_244_668, nanoseconds: 123_456_789)

    private func encode(_ format: LogFormat, _ fields: [LogField], message: String = "decision") -> [UInt8] {
        let record = LogRecord(time: Self.time, level: .notice, message: message, fields: fields)
        return LogEncoder(format: format).encode(record)
    }

    private func text(_ format: LogFormat, _ fields: [LogField]) -> String {
        String(decoding: encode(format, fields), as: UTF8.self)
    }

    private func isJSON(_ line: [UInt8]) -> Bool {
        var document = JSONDocument()
        return document.parse(line.span) == nil
    }

    @Test func a_record_of_each_format_reads_as_documented() {
        let fields = [LogField("door", "nginx"), LogField("path", "/a b"), LogField("count", 3), LogField("ok", true)]
        #expect(
            text(.json, fields)
                == #"{"time":"2026-11-21T07:04:28.123Z","level":"notice","message":"decision","door":"nginx","#
                + #""path":"/a b","count":3,"ok":true}"# + "\n"
        )
        #expect(
            text(.text, fields)
                == "2026-11-21T07:04:28.123Z NOTICE   decision door=nginx path=\"/a b\" count=3 ok=true\n"
        )
        #expect(text(.journal, fields) == "<5>decision door=nginx path=\"/a b\" count=3 ok=true\n")
    }

    @Test(arguments: [LogFormat.json, .text, .journal], HostileText.all)
    func hostile_text_stays_in_its_field_and_its_line(format: LogFormat, hostile: String) {
        let places = [
            [LogField("path", hostile)], [LogField(hostile, "x")], [LogField("a", hostile), LogField("b", "last")],
        ]
        for fields in places {
            let line = encode(format, fields)
            #expect(HostileText.isOneLine(line))
            #expect(line.count <= LogEncoder.maximumLine)
            if format == .json { #expect(isJSON(line)) }
        }
        let line = encode(format, [], message: hostile)
        #expect(HostileText.isOneLine(line))
        #expect(line.count <= LogEncoder.maximumLine)
    }

    @Test(arguments: HostileText.all)
    func hostile_text_stays_in_its_field_of_a_decision(hostile: String) {
        let record = DecisionRecord(
            time: Self.time,
            door: .nginx,
            outcome: .deny,
            reason: .noRule,
            shadowReason: nil,
            rule: hostile,
            method: hostile,
            host: hostile,
            path: hostile,
            issuer: hostile,
            generation: 7
        )
        for format in [LogFormat.json, .text, .journal] {
            let line = LogEncoder(format: format).encode(record.logRecord)
            #expect(HostileText.isOneLine(line))
            #expect(line.count < 2400)
            if format == .json { #expect(isJSON(line)) }
            #expect(String(decoding: line, as: UTF8.self).contains("7"), "the last field is there")
        }
    }

    @Test func text_is_cut_at_its_limit_and_shows_it() {
        #expect(text(.journal, [LogField("m", "GETGETGETGET", limit: 8)]) == "<5>decision m=GETGE…\n")
        #expect(text(.journal, [LogField("m", "GETGETGE", limit: 8)]) == "<5>decision m=GETGETGE\n")
        // An escape is kept whole or left out.
        #expect(text(.journal, [LogField("m", "AAA\u{1B}\u{1B}", limit: 10)]) == "<5>decision m=\"AAA…\"\n")
    }

    @Test func fields_that_do_not_fit_are_left_out_and_the_line_says_so() {
        let fields = (0..<10).map { LogField("f\($0)", String(repeating: "x", count: 1000)) }
        for format in [LogFormat.json, .text, .journal] {
            let line = encode(format, fields)
            #expect(line.count <= LogEncoder.maximumLine)
            #expect(String(decoding: line, as: UTF8.self).contains("truncated"))
            if format == .json { #expect(isJSON(line)) }
        }
    }

    @Test func a_field_cannot_take_the_name_of_what_the_line_has_itself() {
        let line = encode(.json, [LogField("level", "info"), LogField("time", "x"), LogField("message", "y")])
        // The reader refuses names that stand twice.
        #expect(isJSON(line))
    }

    @Test func times_are_right_to_the_day_over_leap_years_and_at_the_ends() {
        let cases: [(Int64, String)] = [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_399, "2000-02-28T23:59:59.000Z"),
            (951_782_400, "2000-02-29T00:00:00.000Z"), (951_868_800, "2000-03-01T00:00:00.000Z"),
            (1_709_164_800, "2024-02-29T00:00:00.000Z"), (2_147_483_648, "2038-01-19T03:14:08.000Z"),
            (4_107_542_400, "2100-03-01T00:00:00.000Z"), (253_402_300_799, "9999-12-31T23:59:59.000Z"),
            (-1, "1970-01-01T00:00:00.000Z"), (.max, "9999-12-31T23:59:59.000Z"),
        ]
        for (seconds, text) in cases { #expect(TimeText.rfc3339(WallTime(seconds: seconds)) == text) }
    }
}
