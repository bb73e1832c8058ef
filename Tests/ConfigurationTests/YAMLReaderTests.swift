import Configuration
import Testing
import YAML

@Suite struct YAMLReaderTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let yaml: String
        let code: ConfigurationError.Code
        let place: String
        var testDescription: String { "\(code) at \(place)" }
    }

    @Test(arguments: [
        Refusal(yaml: "", code: .empty, place: "f:1:1"),
        Refusal(yaml: " \n# nothing\n", code: .empty, place: "f:1:1"),
        Refusal(yaml: "---\n", code: .empty, place: "f:1:1"),
        Refusal(yaml: "~", code: .empty, place: "f:1:1"),
        Refusal(yaml: "a: &x 1\n", code: .refusedYAML, place: "f:1:4"),
        Refusal(yaml: "a: &x [1]\n", code: .refusedYAML, place: "f:1:4"),
        Refusal(yaml: "a: &x {b: 1}\n", code: .refusedYAML, place: "f:1:4"),
        Refusal(yaml: "a: 1\nb: *x\n", code: .refusedYAML, place: "f:2:4"),
        Refusal(yaml: "a: !!str 1\n", code: .refusedYAML, place: "f:1:4"),
        Refusal(yaml: "a: ! 1\n", code: .refusedYAML, place: "f:1:4"),
        Refusal(yaml: "a: !x [1]\n", code: .refusedYAML, place: "f:1:4"),
        Refusal(yaml: "a: !x {b: 1}\n", code: .refusedYAML, place: "f:1:4"),
        Refusal(yaml: "%TAG ! tag:x:\n---\na: 1\n", code: .refusedYAML, place: "f:1:1"),
        Refusal(yaml: "a:\n  <<: {b: 1}\n", code: .refusedYAML, place: "f:2:3"),
        Refusal(yaml: "a: 1\n---\nb: 1\n", code: .refusedYAML, place: "f:2:1"),
        Refusal(yaml: "? [a]\n: 1\n", code: .refusedYAML, place: "f:1:3"),
        Refusal(yaml: "{{a: 1}: 2}\n", code: .refusedYAML, place: "f:1:2"),
        Refusal(yaml: "?\n: 1\n", code: .refusedYAML, place: "f:1:2"),
        Refusal(yaml: ": 1\n", code: .syntax, place: "f:1:1"),
        Refusal(yaml: "a: 1\nb: 2\na: 3\n", code: .duplicateKey, place: "f:3:1"),
        Refusal(yaml: "x: {a: 1, \"a\": 3}\n", code: .duplicateKey, place: "f:1:11"),
        Refusal(yaml: "a: [1\n", code: .syntax, place: "f:2:1"),
        Refusal(yaml: "a:\n\t- b\n", code: .syntax, place: "f:2:1"),
        Refusal(yaml: "a: b: c\n", code: .syntax, place: "f:1:5"),
        Refusal(yaml: "é: \"\u{1}\"\n", code: .syntax, place: "f:1:5"),
        Refusal(yaml: "# x\u{2028}a: 1\n", code: .syntax, place: "f:1:4"),
        Refusal(yaml: "# x\u{85}a: 1\n", code: .syntax, place: "f:1:4"),
        Refusal(yaml: "a: 1 # \u{202E}\n", code: .syntax, place: "f:1:8"),
        Refusal(yaml: "a: 1 # \u{2067}\n", code: .syntax, place: "f:1:8"),
        Refusal(yaml: String(repeating: "[", count: 33), code: .tooDeep, place: "f:1:33"),
        Refusal(yaml: String(repeating: "- ", count: 100_000), code: .tooDeep, place: "f:1:65"),
    ])
    func what_is_not_plain_yaml_is_refused_with_its_place(_ refusal: Refusal) {
        switch YAMLReader.read(Array(refusal.yaml.utf8).span, file: "f") {
        case .success: Issue.record("accepted")
        case .failure(let error):
            #expect(error.code == refusal.code)
            #expect(error.place.description == refusal.place)
        }
    }

    @Test func bytes_that_are_not_utf8_are_refused_with_their_place() {
        for bad: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF5, 0x80, 0x80, 0x80]] {
            let bytes = Array("a: 1\nö: ".utf8) + bad
            switch YAMLReader.read(bytes.span, file: "f") {
            case .success: Issue.record("accepted \(bad)")
            case .failure(let error):
                #expect(error.code == .notUTF8)
                #expect(error.place.description == "f:2:4")
            }
        }
    }

    @Test func utf16_is_refused_and_not_converted() {
        let bytes: [UInt8] = [0xFE, 0xFF] + "a: 1".utf8.flatMap { [0, $0] }
        guard case .failure(let error) = YAMLReader.read(bytes.span, file: "f") else {
            Issue.record("accepted")
            return
        }
        #expect(error.code == .notUTF8)
    }

    @Test(arguments: ["a: [1", "a: {b: 1}\nc: \"x", "a:\n  b: {c: https://x%Y"])
    func a_fault_at_the_end_of_a_file_is_on_its_last_line(text: String) throws {
        let lines = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        let error = try #require(Sample.errors(text).first)
        #expect(error.hasPrefix("authd.yaml:\(lines):"))
    }

    @Test func a_byte_order_mark_of_utf8_counts_for_nothing() throws {
        let marked = try Sample.node("\u{FEFF}a: 1\n")
        #expect(marked == (try Sample.node("a: 1\n")))
    }

    @Test func nothing_at_all_is_an_empty_file() {
        let nothing = Span<UInt8>()
        guard case .failure(let error) = YAMLReader.read(nothing, file: "f") else {
            Issue.record("accepted")
            return
        }
        #expect(error.code == .empty)
        #expect(Sample.errors("\u{FEFF}").first?.contains("the file is empty") == true)
    }

    @Test func thirty_two_levels_and_no_more_are_read() throws {
        let deep = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        _ = try Sample.node(deep)
        #expect(Sample.errors("[" + deep + "]").first?.contains("nested deeper than 32 levels") == true)
    }

    @Test func a_file_over_one_mebibyte_is_refused() {
        let most = "a: " + String(repeating: "x", count: (1 << 20) - 3)
        #expect(throws: Never.self) { try Sample.node(most) }
        #expect(Sample.errors(most + "x") == ["authd.yaml:1:1: the file is larger than 1 MiB"])
    }

    @Test func more_values_than_two_hundred_thousand_are_refused() {
        // The list itself is one more.
        let most = "[" + String(repeating: "1,", count: ConfigurationLimits.nodes - 1) + "]"
        #expect(throws: Never.self) { try Sample.node(most) }
        #expect(Sample.errors("[1," + most.dropFirst()) == ["authd.yaml:1:400000: more than 200000 values"])
    }

    @Test func quotes_blocks_plain_texts_and_nothing_are_told_apart() throws {
        let node = try Sample.node("a: x\nb: 'x'\nc: \"x\"\nd: |\n  x\ne:\nf: ~\ng: null\nh: 'null'\ni: ''\n")
        guard case .mapping(let entries) = node.content else {
            Issue.record("no mapping")
            return
        }
        func scalar(_ text: String, _ isQuoted: Bool) -> ConfigurationNode.Content {
            .scalar(ConfigurationNode.Scalar(text: text, isQuoted: isQuoted))
        }
        #expect(
            entries.map(\.value.content) == [
                scalar("x", false), scalar("x", true), scalar("x", true), scalar("x\n", true), .null, .null, .null,
                scalar("null", true), scalar("", true),
            ]
        )
        #expect(entries.map(\.key) == ["a", "b", "c", "d", "e", "f", "g", "h", "i"])
        #expect(entries.map(\.keyPlace.line) == [1, 2, 3, 4, 6, 7, 8, 9, 10])
    }

    @Test func columns_count_characters() throws {
        let node = try Sample.node("ä: { \"日本\": x }\r\nb: 2\r\n")
        guard case .mapping(let entries) = node.content, let first = entries.first, let last = entries.last,
            case .mapping(let inner) = first.value.content, let key = inner.first
        else {
            Issue.record("another shape")
            return
        }
        #expect(key.keyPlace.description == "authd.yaml:1:6")
        #expect(key.value.place.description == "authd.yaml:1:12")
        #expect(last.keyPlace.description == "authd.yaml:2:1")
    }

    @Test func a_duplicate_key_is_not_repeated_in_the_message() {
        let secret = "hunter2-hunter2-hunter2-hunter2-x"
        let errors = Sample.errors("keys: { \(secret): 1, \(secret): 2 }\n")
        #expect(errors.count == 1)
        #expect(!errors.joined().contains("hunter2"))
    }
}
