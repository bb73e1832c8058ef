import Testing

@testable import LambdaRuntime

@Suite struct LambdaLogTests {
    // 2026-11-21T07:04:28.123Z
    private static let moment: Int64 = 1_795_244_668_123

    private func line(_ log: LambdaLog, _ message: String, _ fields: [(name: String, value: String)] = []) -> String {
        String(decoding: log.line(.warn, message, fields, milliseconds: Self.moment), as: UTF8.self)
    }

    @Test func a_line_is_json_with_the_id_of_the_request() {
        let log = LambdaLog()
        #expect(line(log, "a") == #"{"timestamp":"2026-11-21T07:04:28.123Z","level":"WARN","message":"a"}"# + "\n")
        #expect(
            line(log.with(requestID: "r-1"), "two\nlines \"quoted\"", [("rule", "x\u{1}")])
                == #"{"timestamp":"2026-11-21T07:04:28.123Z","level":"WARN","message":"two\nlines \"quoted\"","#
                + #""requestId":"r-1","rule":"x\u0001"}"# + "\n"
        )
    }

    @Test func text_is_written_where_lambda_asks_for_it() {
        for format in ["Text", "TEXT"] {
            let log = LambdaLog(Environment(["AWS_LAMBDA_LOG_FORMAT": format])).with(requestID: "r-1")
            #expect(
                line(log, "two\nlines", [("rule", "x")])
                    == "[WARN]\t2026-11-21T07:04:28.123Z\tr-1\ttwo\\nlines\trule=\"x\"\n"
            )
        }
        #expect(LambdaLog(Environment(["AWS_LAMBDA_LOG_FORMAT": "JSON"])).format == .json)
    }

    @Test func a_line_is_bounded() {
        #expect(line(LambdaLog(), String(repeating: "a", count: 1_000_000)).utf8.count < 5000)
    }

    @Test func the_level_is_the_environments_and_info_without_one() {
        #expect(LambdaLog().level == .info)
        for level in LogLevel.allCases {
            #expect(LambdaLog(Environment(["AWS_LAMBDA_LOG_LEVEL": level.name])).level == level)
        }
        #expect(LambdaLog(Environment(["AWS_LAMBDA_LOG_LEVEL": "debug"])).level == .debug)
        #expect(LambdaLog(Environment(["AWS_LAMBDA_LOG_LEVEL": "loud"])).level == .info)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (-5, "1970-01-01T00:00:00.000Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (1_709_164_799_999, "2024-02-28T23:59:59.999Z"), (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (Int64.max, "9999-12-31T23:59:59.999Z"),
    ])
    func a_moment_is_written_in_utc(milliseconds: Int64, text: String) {
        #expect(TimestampText.rfc3339(milliseconds: milliseconds) == text)
    }
}
