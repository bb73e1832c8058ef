import Authorization
import Testing

@Suite struct PatternTests {
    private func pattern(_ text: String) -> PathPattern? { try? PathPattern(text) }

    @Test func a_pattern_is_segments_and_what_lies_below() throws {
        #expect(try PathPattern("/").segments == [.literal("")])
        #expect(try PathPattern("/a/b").segments == [.literal("a"), .literal("b")])
        #expect(try PathPattern("/a/").segments == [.literal("a"), .literal("")])
        #expect(try PathPattern("/*/b/*").segments == [.any, .literal("b"), .any])
        #expect(try PathPattern("/a/b").coversBelow == false)
        #expect(try PathPattern("/**").segments == [])
        #expect(try PathPattern("/**").coversBelow)
        #expect(try PathPattern("/a/**").segments == [.literal("a")])
        #expect(try PathPattern("/a/**").coversBelow)
        #expect(try PathPattern("/a/**").text == "/a/**")
    }

    @Test func a_pattern_is_compared_in_canonical_form() throws {
        #expect(try PathPattern("/%61/caf%c3%a9").segments == [.literal("a"), .literal("café")])
        #expect(try PathPattern("/café/a b").segments == [.literal("café"), .literal("a b")])
        #expect(try PathPattern("/a%20b").segments == [.literal("a b")])
    }

    @Test(arguments: [
        "", "a", "a/b", "*", "**", "//", "/a//b", "//a", "/a//", "/**/a", "/a/**/b", "/a*", "/*a", "/a/b*c", "/***",
        "/a/***", "/..",
        "/a/../b", "/./a", "/a/%2e", "/a%2fb", "/a;b", "/a\\b", "/a?x", "/a#b", "/%", "/%zz", "/%00", "/a//**", "/a./b",
        "/%25",
        "/a\u{0}b", "/a\nb", "/ａ", "/ a", "/a /b",
    ])
    func a_pattern_that_can_never_match_is_refused(text: String) {
        #expect(pattern(text) == nil)
    }

    @Test func a_claim_is_a_name_or_a_pointer() {
        #expect(ClaimPath("sub")?.names == ["sub"])
        #expect(ClaimPath("https://x.example/roles")?.names == ["https://x.example/roles"])
        #expect(ClaimPath("a.b")?.names == ["a.b"])
        #expect(ClaimPath("a~2")?.names == ["a~2"])
        #expect(ClaimPath("/realm_access/roles")?.names == ["realm_access", "roles"])
        #expect(ClaimPath("/a~1b/c~0d/~01")?.names == ["a/b", "c~d", "~1"])
        #expect(ClaimPath("/")?.names == [""])
        #expect(ClaimPath("/a/")?.names == ["a", ""])
        #expect(ClaimPath("/a/b")?.text == "/a/b")
        for text in ["", "/~", "/a~", "/a~2", "/~a/b"] { #expect(ClaimPath(text) == nil, "\(text)") }
    }
}
