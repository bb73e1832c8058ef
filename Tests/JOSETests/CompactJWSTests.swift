import JOSE
import Testing

@Suite struct CompactJWSTests {
    private func parts(_ text: String) -> [String]? {
        let bytes = Array(text.utf8)
        guard let jws = CompactJWS(bytes.span, in: 0..<bytes.count) else { return nil }
        return [jws.header, jws.payload, jws.signature, jws.signingInput].map {
            String(decoding: bytes[$0], as: UTF8.self)
        }
    }

    @Test func three_parts_are_found() {
        #expect(parts("aa.bbb.cccc") == ["aa", "bbb", "cccc", "aa.bbb"])
        #expect(parts("a.b.c") == ["a", "b", "c", "a.b"])
    }

    @Test func only_the_payload_may_be_empty() {
        #expect(parts("a..c") == ["a", "", "c", "a."])
        for text in [".b.c", "a.b.", "..c", "a..", "..", ".b."] { #expect(parts(text) == nil, "\(text)") }
    }

    @Test(arguments: ["", ".", "a", "a.b", "a.b.c.d", "a.b.c.", ".a.b.c", "a.b..c", "a.b.c.d.e", "..."])
    func another_number_of_parts_is_refused(text: String) {
        #expect(parts(text) == nil)
    }

    // CVE-2025-30204: a list of the parts of such a text would take memory in proportion to the dots.
    @Test func a_million_dots_are_refused() {
        #expect(parts(String(repeating: ".", count: 1_000_000)) == nil)
        #expect(parts("a.b." + String(repeating: "c", count: 1_000_000))?.last == "a.b")
    }

    @Test func places_count_from_the_start_of_the_whole_buffer() {
        let bytes = Array("x.y.aa.b.cc.z".utf8)
        let jws = CompactJWS(bytes.span, in: 4..<11)
        #expect(jws?.header == 4..<6)
        #expect(jws?.payload == 7..<8)
        #expect(jws?.signature == 9..<11)
        #expect(jws?.signingInput == 4..<8)
    }

    @Test func dots_before_and_after_the_range_do_not_count() {
        let bytes = Array("x.y.aa.b.cc.z".utf8)
        for range in [0..<4, 4..<8, 9..<13, 5..<5] {
            let jws = CompactJWS(bytes.span, in: range)
            #expect(jws == nil)
        }
    }
}
