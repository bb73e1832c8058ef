import StrictJSON
import Testing

@Suite(.enabled(if: JSONTestSuite.isPresent, Comment(rawValue: JSONTestSuite.absence)))
struct JSONTestSuiteCorpusTests {
    /// Legal by RFC 8259 §4, refused by RFC 7515 §4 and RFC 7519 §4: a name that stands twice.
    private func isDuplicate(_ name: String) -> Bool {
        name.hasPrefix("y_object_duplicated_key") || name.hasPrefix("object_same_key")
    }

    @Test func every_file_of_the_suite_is_accepted_or_refused_as_its_name_says() throws {
        var counts: [Character: Int] = [:]
        var accepted = 0
        let files = try JSONTestSuite.files("test_parsing")
        for file in files {
            let text = ParsedText(file.bytes)
            counts[file.name.first ?? "?", default: 0] += 1
            if text.failure == nil { accepted += 1 }
            if isDuplicate(file.name) {
                #expect(text.failure?.code == .duplicateName, "\(file.name)")
                continue
            }
            switch file.name.first {
            case "y": #expect(text.failure == nil, "\(file.name)")
            case "n": #expect(text.failure != nil, "\(file.name)")
            default: break
            }
            checkShape(text, file.name)
        }
        print(
            "JSONTestSuite parsing: \(files.count) files, \(counts["y"] ?? 0) y, \(counts["n"] ?? 0) n,",
            "\(counts["i"] ?? 0) i; \(accepted) accepted"
        )
        #expect(files.count > 100)
    }

    /// A failure leaves no values behind and names a place in the text; a success has a root that spans all nodes.
    private func checkShape(_ text: ParsedText, _ name: String) {
        if let failure = text.failure {
            #expect(text.document.nodes.isEmpty, "\(name)")
            #expect((0...text.bytes.count).contains(failure.offset), "\(name)")
        } else {
            #expect(text.document.nodes.first.map { Int($0.next) } == text.document.nodes.count, "\(name)")
        }
    }

    // The suite names texts on which parsers disagree; here each has one reading or none.
    @Test func every_transform_file_keeps_its_one_reading() throws {
        let refusals: [(prefix: String, codes: Set<JSONError.Code>)] = [
            ("object_same_key", [.duplicateName]),
            ("string_1_escaped_invalid", [.loneSurrogate]), ("string_2_escaped_invalid", [.loneSurrogate]),
            ("string_3_escaped_invalid", [.loneSurrogate]),
            ("string_1_invalid", [.badUTF8]), ("string_2_invalid", [.badUTF8]), ("string_3_invalid", [.badUTF8]),
        ]
        let files = try JSONTestSuite.files("test_transform")
        var accepted = 0
        for file in files {
            let text = ParsedText(file.bytes)
            if let refusal = refusals.first(where: { file.name.hasPrefix($0.prefix) }) {
                #expect(text.failure.map { refusal.codes.contains($0.code) } == true, "\(file.name)")
                continue
            }
            #expect(text.failure == nil, "\(file.name)")
            accepted += 1
            // The writer gives back a text with the same meaning, numbers digit for digit.
            let value = try JSONValue(parsing: file.bytes.span)
            var writer = JSONWriter()
            writer.value(value)
            #expect(try Meaning(parsing: writer.bytes) == Meaning(value), "\(file.name)")
        }
        print("JSONTestSuite transform: \(files.count) files, \(accepted) accepted")
        #expect(files.count > 10)
    }

    @Test func names_that_differ_only_in_unicode_normalisation_are_two_names() throws {
        for file in try JSONTestSuite.files("test_transform") where file.name.hasPrefix("object_key_nf") {
            let text = ParsedText(file.bytes)
            #expect(text.failure == nil, "\(file.name)")
            let composed = try #require(text.member("\u{E9}"), "\(file.name)")
            let decomposed = try #require(text.member("e\u{301}"), "\(file.name)")
            #expect(composed != decomposed, "\(file.name)")
        }
    }
}
