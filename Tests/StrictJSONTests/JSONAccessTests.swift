import StrictJSON
import Testing

@Suite struct JSONAccessTests {
    private let claims = ParsedText(
        #" {"iss":"a","\u0065xp":12,"o":{"exp":13,"x":null},"l":["exp",{"exp":14},true],"s\/":"A\u00e9\ud83d\ude00\n","":false}"#
    )

    @Test func members_are_found_by_the_text_of_their_names() throws {
        #expect(claims.failure == nil)
        #expect(claims.document.rootKind == .object)
        let expiry = try #require(claims.member("exp"))
        #expect(claims.integer(expiry) == 12)
        let byLiteral = claims.document.member("exp", of: 0, in: claims.bytes.span)
        #expect(byLiteral == expiry)
        #expect(claims.string(try #require(claims.member("s/"))) == "Aé😀\n")
        #expect(claims.member("").map { claims.document.nodes[$0].kind } == .false)
        for absent in ["x", "\\u0065xp", "EXP", "exp ", "ex", "expi", "A", "a"] {
            #expect(claims.member(absent) == nil, "\(absent)")
        }
    }

    @Test func members_of_inner_objects_are_found_there_only() throws {
        let object = try #require(claims.member("o"))
        #expect(claims.member("exp", of: object).flatMap(claims.integer) == 13)
        #expect(claims.member("x", of: object).map { claims.document.nodes[$0].kind } == .null)
        #expect(claims.member("iss", of: object) == nil)
        // Not an object: nothing is found, whatever stands inside.
        let list = try #require(claims.member("l"))
        #expect(claims.member("exp", of: list) == nil)
        #expect(claims.member("exp", of: try #require(claims.member("iss"))) == nil)
        #expect(claims.member("exp", of: claims.document.nodes.count) == nil)
        #expect(ParsedText("x").member("exp") == nil)
    }

    @Test func elements_and_members_are_visited_in_the_order_of_the_text() throws {
        var names: [String?] = []
        claims.document.forEachMember(of: 0) { name, value in
            names.append(claims.string(name))
            #expect(value == name + 1)
        }
        #expect(names == ["iss", "exp", "o", "l", "s/", ""])
        let list = try #require(claims.member("l"))
        var kinds: [JSONKind] = []
        let none = claims.document.firstElement(of: list) { element in
            kinds.append(claims.document.nodes[element].kind)
            return false
        }
        #expect(none == nil)
        #expect(kinds == [.string, .object, .true])
        let object = claims.firstElement(of: list, .object)
        #expect(object.flatMap { claims.member("exp", of: $0) }.flatMap(claims.integer) == 14)
        #expect(claims.firstElement(of: 0, .number) == nil)
        claims.document.forEachMember(of: list) { _, _ in Issue.record("an array has no members") }
    }

    @Test func strings_compare_by_their_text() throws {
        let node = try #require(claims.member("s/"))
        #expect(claims.equals(node, "Aé😀\n"))
        for other in ["", "A", "Aé😀", "Aé😀\nx", "Ae\u{301}😀\n", "A\\u00e9\\ud83d\\ude00\\n"] {
            #expect(!claims.equals(node, other), "\(other)")
        }
        let equalsLiteral = claims.document.stringEquals(node, "Aé😀\n", in: claims.bytes.span)
        #expect(equalsLiteral)
        let issuer = try #require(claims.member("iss"))
        #expect(claims.equals(issuer, "a"))
        for other in ["", "b", "aa"] { #expect(!claims.equals(issuer, other)) }
        // Another kind is never equal to a text.
        #expect(!claims.equals(try #require(claims.member("exp")), "12"))
        #expect(!claims.equals(try #require(claims.member("")), "false"))
        #expect(!claims.equals(0, ""))
    }

    @Test func texts_are_appended_with_escapes_resolved() throws {
        var output = Array("x".utf8)
        claims.document.appendString(try #require(claims.member("s/")), in: claims.bytes.span, to: &output)
        claims.document.appendString(try #require(claims.member("exp")), in: claims.bytes.span, to: &output)
        #expect(String(decoding: output, as: UTF8.self) == "xAé😀\n")
        #expect(ParsedText(#""\"\\\/\b\f\n\r\t\u0041""#).string(0) == "\"\\/\u{8}\u{C}\n\r\tA")
        #expect(claims.string(try #require(claims.member("exp"))) == nil)
    }

    @Test func the_tree_has_the_values_and_where_they_stand() throws {
        let value = claims.document.value(0, in: claims.bytes.span)
        #expect(value.offset == 1)
        #expect(value["iss"]?.string == "a")
        #expect(value["exp"]?.content == .number("12"))
        #expect(value["l"]?.elements?.count == 3)
        #expect(value["l"]?["exp"] == nil)
        #expect(value["absent"] == nil)
        guard case .object(let members) = value.content else {
            Issue.record("not an object")
            return
        }
        #expect(members.map(\.offset) == [2, 12, 26, 50, 78, 108])
        #expect(members.map(\.value.offset) == [8, 23, 30, 54, 84, 111])
        #expect(throws: JSONError(.trailingBytes, at: 2)) { try Meaning(parsing: Array("{}x".utf8)) }
    }

    @Test func the_tree_tells_names_apart_as_the_document_does() throws {
        // Swift's strings are equal under Unicode normalisation; JSON's names are not (RFC 8259 §8.3).
        let bytes = Array("{\"e\u{301}\":1,\"\u{E9}\":2}".utf8)
        let value = try JSONValue(parsing: bytes.span)
        #expect(value["\u{E9}"]?.content == .number("2"))
        #expect(value["e\u{301}"]?.content == .number("1"))
    }

    @Test func white_space_is_what_the_grammar_names_and_nothing_else() {
        let text = ParsedText(" \t\r\n{ \t\"a\" \r: \n[ 1 , 2 ] , \"b\"\t:\n{ } }\r\n\t ")
        #expect(text.failure == nil)
        #expect(text.kinds == [.object, .string, .array, .number, .number, .string, .object])
    }

    @Test func empty_containers_and_single_values_are_documents() {
        for (text, kind) in [
            ("{}", JSONKind.object), ("[]", .array), ("\"\"", .string), ("0", .number), ("true", .true),
            ("false", .false),
            ("null", .null),
        ] {
            #expect(ParsedText(text).kinds == [kind])
        }
        #expect(ParsedText("[[],{},[[]],[{}]]").failure == nil)
    }
}
