import Testing

@testable import Configuration

@Suite struct TextFormTests {
    @Test(
        arguments: [
            ("0", 0), ("0s", 0), ("250ms", 250), ("30s", 30_000), ("5m", 300_000), ("24h", 86_400_000), ("007s", 7000),
        ] as [(String, Int64)]
    )
    func a_length_of_time_is_a_number_and_a_unit(text: String, milliseconds: Int64) {
        #expect(DurationText.parse(text)?.wholeMilliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "s", "1", "30", "-1s", "+1s", "1.5s", "1 s", " 1s", "1s ", "1S", "1d", "1us", "1h30m", "٣s", "1sm",
    ])
    func nothing_else_is_a_length_of_time(text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test func a_length_of_time_is_written_in_its_largest_whole_unit() {
        for text in ["0s", "1ms", "1500ms", "30s", "90s", "5m", "24h", "61m"] {
            #expect(DurationText.parse(text).map(DurationText.write) == text)
        }
    }

    @Test func sizes_are_plain_or_binary() {
        #expect(SizeText.parse("8192") == 8192)
        #expect(SizeText.parse("16KiB") == 16_384)
        #expect(SizeText.parse("1MiB") == 1_048_576)
        for text in ["", "KiB", "1kB", "1K", "1GiB", "1.5KiB", "-1", "1 KiB", "0x10", "١KiB"] {
            #expect(SizeText.parse(text) == nil)
        }
    }

    @Test(arguments: [
        ("algoritms", "algorithms"), ("algorithm", "algorithms"), ("Algorithms", "algorithms"), ("isuser", "issuer"),
        ("max-lifetime", "max_lifetime"), ("aud", nil), ("x", nil), ("", nil), ("completely_else", nil),
        ("keyss", "keys"),
        ("kyes", "keys"), ("to", nil),
    ])
    func the_nearest_name_is_found_and_a_far_one_is_not(name: String, nearest: String?) {
        let known = ["name", "issuer", "audiences", "algorithms", "keys", "leeway", "max_lifetime", "token_from"]
        #expect(NearestName.find(name, among: known) == nearest)
    }

    @Test func a_very_long_name_is_near_to_none() {
        #expect(NearestName.find(String(repeating: "a", count: 100_000), among: ["a"]) == nil)
    }

    @Test(
        arguments: [
            ("0.0.0.0", [0, 0, 0, 0]), ("127.0.0.1", [127, 0, 0, 1]), ("255.255.255.255", [255, 255, 255, 255]),
            ("1.2.3", nil),
            ("1.2.3.4.5", nil), ("01.2.3.4", nil), ("1.2.3.256", nil), ("1.2.3.", nil), ("a.2.3.4", nil),
            ("+1.2.3.4", nil),
            ("", nil), ("1.2.3.-4", nil),
        ] as [(String, [UInt8]?)]
    )
    func ipv4_addresses_are_read(text: String, bytes: [UInt8]?) {
        #expect(IPAddress(ipv4: text)?.bytes == bytes)
    }

    @Test(
        arguments: [
            ("::", "00000000000000000000000000000000"), ("::1", "00000000000000000000000000000001"),
            ("2001:db8::1", "20010db8000000000000000000000001"), ("1::", "00010000000000000000000000000000"),
            ("1:2:3:4:5:6:7:8", "00010002000300040005000600070008"),
            ("1:2:3:4:5:6:1.2.3.4", "00010002000300040005000601020304"),
            ("::ffff:1.2.3.4", "01020304"), ("64:ff9b::1.2.3.4", "0064ff9b000000000000000001020304"),
            ("1:2:3:4:5:6:7::", "00010002000300040005000600070000"), ("", nil), (":", nil), (":::", nil),
            ("1::2::3", nil),
            ("1:2:3:4:5:6:7", nil), ("1:2:3:4:5:6:7:8:9", nil), ("1:2:3:4::5:6:7:8", nil), ("12345::", nil),
            ("g::", nil),
            ("::1%lo", nil), ("1.2.3.4::", nil), ("::1.2.3.4:1", nil), ("::+1", nil), ("::-1", nil), ("1:", nil),
            (":1", nil),
        ] as [(String, String?)]
    )
    func ipv6_addresses_are_read(text: String, hexadecimal: String?) {
        let bytes = IPAddress(ipv6: text)?.bytes
        #expect(bytes?.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == hexadecimal)
    }

    @Test func an_error_is_one_bounded_line() {
        let place = ConfigurationPlace(file: "a\nb", line: 1, column: 2)
        let path = ConfigurationPath().appending(String(repeating: "x", count: 1000)).appending("a\u{1B}[31m")
            .appending(3)
        let error = ConfigurationError(.syntax, String(repeating: "m", count: 1000) + "\n", at: place, path: path)
        #expect(!error.description.contains("\n"))
        #expect(!error.description.contains("\u{1B}"))
        #expect(error.description.unicodeScalars.count < 700)
        #expect(error.description.hasPrefix("a?b:1:2: [\"xxx"))
    }

    @Test func codes_are_safe_as_metric_labels() {
        for code in ConfigurationError.Code.allCases {
            #expect(code.rawValue.utf8.allSatisfy { $0.isLower || $0.isDigit || $0 == UInt8(ascii: "_") })
        }
    }
}
