import StrictJSON
import TestSupport
import Testing

@Suite struct JSONNumberTests {
    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("-9223372036854775807", -.max), ("9007199254740993", 9_007_199_254_740_993),
            ("1000000000000000000", 1_000_000_000_000_000_000),
        ] as [(String, Int64)]
    )
    func integers_of_64_bits_are_exact(text: String, value: Int64) {
        #expect(ParsedText(text).integer(0) == value)
        #expect(ParsedText("[\(text)]").integer(1) == value)
    }

    @Test(arguments: [
        "9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616",
        "92233720368547758070", "99999999999999999999999999", "1.0", "1e5", "1E5", "-1.5", "1e0", "0.0", "-0.0", "0e0",
        "10000000000000000000000000000000000000000000000000000000000000000000000000",
    ])
    func a_number_beyond_64_bits_or_not_written_as_an_integer_is_no_integer(text: String) {
        #expect(ParsedText(text).failure == nil)
        #expect(ParsedText(text).integer(0) == nil)
        #expect(ParsedText(text).double(0) != nil)
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("1e5", 100_000), ("1E+5", 100_000), ("1e-5", 0.00001), ("-1.5", -1.5), ("0.1", 0.1),
            ("1e308", 1e308), ("1.7976931348623157e308", .greatestFiniteMagnitude), ("5e-324", .leastNonzeroMagnitude),
            ("1e-400", 0),
            ("123456789012345678901234567890", 1.2345678901234568e29), ("9007199254740993", 9_007_199_254_740_992),
            ("9223372036854775807", 9_223_372_036_854_775_808),
            ("2.2250738585072011e-308", Double(bitPattern: 0xF_FFFF_FFFF_FFFF)),
            ("0.1e1", 1), ("1.000000000000000005", 1), ("1e00005", 100_000), ("0e999999999", 0),
        ] as [(String, Double)]
    )
    func a_double_is_the_nearest(text: String, value: Double) {
        #expect(ParsedText(text).double(0) == value)
    }

    @Test(arguments: ["1e400", "-1e400", "1E309", "1.8e308", "1e999999999", "123e99999999999999999999"])
    func a_number_beyond_all_doubles_is_legal_text_and_has_no_value(text: String) {
        #expect(ParsedText(text).failure == nil)
        #expect(ParsedText(text).double(0) == nil)
        #expect(ParsedText(text).integer(0) == nil)
    }

    @Test func ten_thousand_digits_never_trap() {
        let digits = String(repeating: "9", count: 10_000)
        for text in [digits, "-" + digits, "0." + digits, "1e" + digits, "1e-" + digits, "-0.0e" + digits] {
            let parsed = ParsedText(text)
            #expect(parsed.failure == nil)
            #expect(parsed.integer(0) == nil)
            #expect(parsed.double(0).map(\.isFinite) != false)
        }
        #expect(ParsedText("0." + digits).double(0) == 1)
    }

    @Test func another_kind_is_no_number() {
        for text in ["\"1\"", "true", "null", "[1]", "{\"a\":1}"] {
            #expect(ParsedText(text).integer(0) == nil)
            #expect(ParsedText(text).double(0) == nil)
        }
    }

    @Test func random_integers_and_doubles_read_back_as_they_were_written() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<5000 {
            let integer = Int64(bitPattern: random.next()) >> Int64.random(in: 0..<64, using: &random)
            #expect(ParsedText("\(integer)").integer(0) == integer)
            let double = Double(bitPattern: random.next())
            guard double.isFinite else { continue }
            var writer = JSONWriter()
            writer.number(double)
            let text = ParsedText(writer.bytes)
            #expect(text.failure == nil)
            #expect(text.double(0) == double)
        }
    }
}
