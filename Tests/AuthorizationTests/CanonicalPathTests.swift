import Authorization
import Foundation
import TestSupport
import Testing

@Suite struct CanonicalPathTests {
    private func canonical(_ target: [UInt8]) -> (CanonicalPath.Outcome, String) {
        var output = Array("left over".utf8)
        let outcome = CanonicalPath.write(target.span, in: 0..<target.count, to: &output)
        return (outcome, String(decoding: output, as: UTF8.self))
    }

    private func outcome(_ target: String) -> CanonicalPath.Outcome { canonical(Array(target.utf8)).0 }

    @Test(arguments: [
        ("/", "/"), ("/a", "/a"), ("/a/", "/a/"), ("/a/b.c/d-e_f~g", "/a/b.c/d-e_f~g"), ("/a?x=/../b", "/a"),
        ("/?", "/"),
        ("/a??", "/a"), ("/%61", "/a"), ("/%41%5a%7E%2d%2E%5fx", "/AZ~-._x"), ("/a%20b", "/a b"),
        ("/caf%C3%A9", "/café"),
        ("/%e4%bd%a0%e5%a5%bd", "/你好"), ("/a%3Ab", "/a:b"), ("/a:b@c!$&'()*+,=", "/a:b@c!$&'()*+,="), ("/.a", "/.a"),
        ("/..a", "/..a"), ("/.well-known/x", "/.well-known/x"), ("/a.b..c", "/a.b..c"), ("/(a)", "/(a)"),
        ("/%F0%9F%98%80", "/😀"), ("/a%cc%80", "/a\u{300}"), ("/a?%zz", "/a"), ("/x(y)/(z)", "/x(y)/(z)"),
    ])
    func a_path_with_one_reading_is_decoded_once(target: String, path: String) {
        let (outcome, text) = canonical(Array(target.utf8))
        #expect(outcome == .canonical)
        #expect(text.unicodeScalars.elementsEqual(path.unicodeScalars))
    }

    @Test(arguments: [
        "//", "//a", "/a//b", "/a//", "/.", "/..", "/a/.", "/a/..", "/./a", "/../a", "/a/./b", "/a/../b", "/a/...",
        "/a./b",
        "/a..", "/%2e", "/%2E%2e", "/.%2e/a", "/%2e./a", "/a/%2e%2e", "/a%2e/b", "/a%2fb", "/a%2Fb", "/%2f", "/a%5cb",
        "/a%5Cb",
        "/a\\b", "/\\", "/a;b", "/a;", "/;", "/a;x=1/b", "/a%3bb", "/a%3B", "/a%00", "/%00", "/a%01", "/a%0a", "/a%0D",
        "/a%1f",
        "/a%7f", "/a%7F/b", "/a%09b", "/a%25", "/a%252e", "/a%252fb", "/a%23", "/a%3f", "/a%3Fb", "/a%20", "/%20a",
        "/a/%20/b",
        "/%20", "/a /../b?x".replacing(" ", with: "%20"), "/a/..?x", "/a/.?x", "/a//?x", "/(S(abc))/x", "/x/(A(b)S(c))",
        "/(f(x))",
    ])
    func a_path_with_two_readings_is_ambiguous(target: String) {
        #expect(outcome(target) == .ambiguous)
    }

    @Test(arguments: [
        "", "a", "a/b", "*", "?", "?/a", "http://h/a", "h:443", "%2fa", "\\a", ".", "/a#", "/a#b", "/#", "/a b", " /a",
        "/a\t",
        "/a\r\nX: y", "/\u{0}", "/a\u{7F}", "/é", "/a\u{1}", "/%", "/%4", "/%zz", "/%4g", "/%g4", "/a%", "/a%2",
        "/%u002f",
        "/a%+1", "/a% 1", "/a?b c", "/a?\t", "/a?#", "/a?b#c", "/a?é", "/a?\u{0}", "/a?\r\n", "/a%2?", "/..%c", "//#",
        "/a;\u{0}",
    ])
    func what_is_no_request_target_is_malformed(target: String) {
        #expect(outcome(target) == .malformed)
    }

    @Test(arguments: [
        "%80", "%BF", "%C0%AF", "%c0%ae", "%C1%9C", "%E0%80%AF", "%e0%80%ae", "%E0%9F%BF", "%ED%A0%80", "%ED%BF%BF",
        "%F0%80%80%AF", "%F0%8F%BF%BF", "%F4%90%80%80", "%F8%88%80%80%80", "%FE", "%FF", "%C3", "%C3/%A9", "%E2%82",
        "%C3a",
        "%C3%A9%C3",
    ])
    func text_that_is_not_utf_8_is_ambiguous(sequence: String) {
        for path in ["/\(sequence)", "/a\(sequence)/b", "/a/\(sequence)?x"] {
            #expect(outcome(path) == .ambiguous, "\(path)")
        }
    }

    @Test func every_byte_is_judged_plain_and_encoded() {
        for byte in UInt8.min ... .max {
            let plain = canonical(Array("/a".utf8) + [byte] + Array("b".utf8)).0
            let digits = (byte < 16 ? "0" : "") + String(byte, radix: 16)
            let encoded = outcome("/a%\(digits)b")
            switch byte {
            case UInt8(ascii: "%"): #expect(plain == .malformed && encoded == .ambiguous)
            case UInt8(ascii: "/"): #expect(plain == .canonical && encoded == .ambiguous)
            case UInt8(ascii: "?"): #expect(plain == .canonical && encoded == .ambiguous)
            case UInt8(ascii: ";"), UInt8(ascii: "\\"): #expect(plain == .ambiguous && encoded == .ambiguous)
            case UInt8(ascii: "#"), 0..<0x20, 0x7F: #expect(plain == .malformed && encoded == .ambiguous)
            case 0x20: #expect(plain == .malformed && encoded == .canonical)
            case 0x80...: #expect(plain == .malformed && encoded == .ambiguous)
            default: #expect(plain == .canonical && encoded == .canonical, "byte \(byte)")
            }
        }
    }

    /// Every scalar that could have another form: what is left out are ideographs, Hangul, private use and planes without
    /// characters, whose forms are never ASCII.
    private static let foldable: [ClosedRange<UInt32>] = [
        0x80...0x33FF, 0xA000...0xABFF, 0xD7B0...0xD7FF, 0xF900...0x1_FFFF, 0xE_0000...0xE_0FFF,
    ]

    // Servers that compare names in a compatibility form (NFKC) would see an ASCII path that no rule was asked about.
    @Test func a_character_whose_compatibility_form_has_ascii_in_it_is_ambiguous() throws {
        var missed: [String] = []
        for value in Self.foldable.joined() {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = String(Character(scalar))
            let folded = text.precomposedStringWithCompatibilityMapping
            guard folded.unicodeScalars.contains(where: { $0.value < 0x80 }), isWellEncodedCanonical(text) else {
                continue
            }
            missed.append("U+" + String(value, radix: 16, uppercase: true))
        }
        #expect(missed == [], "\(missed.count) characters")
    }

    // Servers that ignore case would see the ASCII letter: dotless i, long s, the Kelvin sign.
    @Test func a_character_that_is_an_ascii_letter_in_another_case_is_ambiguous() {
        for value in Self.foldable.joined() {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let mappings = [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping]
            let isASCIILetter = mappings.contains {
                $0.unicodeScalars.count == 1 && $0.unicodeScalars.allSatisfy(\.isASCII)
            }
            guard isASCIILetter else { continue }
            #expect(
                !isWellEncodedCanonical(String(Character(scalar))),
                "U+\(String(value, radix: 16, uppercase: true))"
            )
        }
    }

    @Test func ordinary_letters_of_the_world_have_one_reading() {
        for text in ["é", "ü", "ñ", "ß", "Ω", "Привет", "שלום", "مرحبا", "你好", "日本語", "한국어", "हिन्दी", "ไทย", "😀"] {
            #expect(isWellEncodedCanonical(text), "\(text)")
        }
    }

    private func isWellEncodedCanonical(_ text: String) -> Bool {
        var target = Array("/a".utf8)
        for byte in text.utf8 {
            target.append(contentsOf: [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 15)])
        }
        target.append(UInt8(ascii: "b"))
        return canonical(target).0 == .canonical
    }

    private func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    @Test func a_part_of_a_buffer_is_read_alone() {
        let bytes = Array("GET /a/%61 HTTP/1.1".utf8)
        var output: [UInt8] = []
        #expect(write(bytes, 4..<10, &output) == .canonical)
        #expect(String(decoding: output, as: UTF8.self) == "/a/a")
        // A triplet does not reach over the end.
        #expect(write(bytes, 4..<9, &output) == .malformed)
        #expect(write(bytes, 4..<8, &output) == .malformed)
        #expect(write(bytes, 4..<4, &output) == .malformed)
    }

    private func write(_ bytes: [UInt8], _ range: Range<Int>, _ output: inout [UInt8]) -> CanonicalPath.Outcome {
        CanonicalPath.write(bytes.span, in: range, to: &output)
    }

    // What is canonical stays as it is when it is encoded again: decoding happens once.
    @Test func a_canonical_form_is_its_own_canonical_form() {
        var random = SeededGenerator(seed: 8)
        let parts = [
            "/", "a", "b.c", "%61", "%2e", "..", "%20", "%C3%A9", ":", "~", "A", "%2F", ";", "//", "(", "x)", "%25",
        ]
        var canonicals = 0
        for _ in 0..<20_000 {
            let target =
                "/"
                + (0..<Int.random(in: 0...6, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
                .joined()
            let (outcome, path) = canonical(Array(target.utf8))
            guard outcome == .canonical else { continue }
            canonicals += 1
            var encoded = ""
            for byte in path.utf8 {
                let isPlain = byte > 0x20 && byte < 0x7F
                encoded += isPlain ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16)
            }
            let (again, second) = canonical(Array(encoded.utf8))
            #expect(again == .canonical && second == path, "\(target)")
            #expect(!path.contains("//") && !path.split(separator: "/").contains(".."), "\(target)")
        }
        #expect(canonicals > 1000)
    }
}
