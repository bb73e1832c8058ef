import HTTPWire
import Testing

@Suite struct FieldLineTests {
    @Test
    func names_and_values_are_ranges_without_the_white_space_around_the_value() {
        let parsed = ParsedRequest.withFields("X-One: \t a b \t\r\nX-Two:\r\nX-Three:c\r\n")
        #expect(parsed.isComplete)
        let pairs = parsed.head.fields.list.dropFirst().map { "\(parsed.text($0.name)!)=\(parsed.text($0.value)!)" }
        #expect(pairs == ["X-One=a b", "X-Two=", "X-Three=c"])
    }

    @Test(arguments: [
        " X: 1", "\tX: 1", "X : 1", "X\t: 1", ": 1", "X", "X Y: 1", "X\u{1}: 1", "Xé: 1", "X(: 1", "X: a\u{0}b",
        "X: a\u{1}b",
        "X: a\u{7F}b", "X: a\u{1B}b", "X: 1\rY: 2", "X: 1\nY: 2", "X: 1\r\r", "X: 1\r\n folded", "X: 1\r\n\tfolded",
        "\rX: 1", "\nX: 1",
    ])
    func a_field_line_that_can_be_read_in_two_ways_is_refused(line: String) {
        #expect(ParsedRequest.withFields("\(line)\r\n").status == 400, "\(line.debugDescription)")
    }

    @Test
    func every_byte_is_taken_or_refused_in_names_and_values_as_RFC_9110_says() {
        let token = Set(Array("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8))
        for byte in UInt8.min...UInt8.max where byte != 0x3A {
            // Long enough that the byte meets the search by words and, at the end, the one by bytes.
            for padding in [0, 1, 9, 40] {
                let filler = Array(repeating: UInt8(ascii: "n"), count: padding)
                let start = Array("GET / HTTP/1.1\r\nHost: a\r\n".utf8)
                let name = ParsedRequest(bytes: start + filler + [byte] + filler + Array("x: 1\r\n\r\n".utf8))
                #expect(name.isComplete == token.contains(byte), "name \(byte) at \(padding)")
                let isValue = byte == 0x09 || (byte >= 0x20 && byte != 0x7F)
                let value = ParsedRequest(
                    bytes: start + Array("x: v".utf8) + filler + [byte] + filler + Array("\r\n\r\n".utf8)
                )
                #expect(value.isComplete == isValue, "value \(byte) at \(padding)")
            }
        }
    }

    @Test(arguments: KnownField.allCases.filter { $0 != .other })
    func known_fields_are_recognised_in_any_case_and_nothing_else_is(field: KnownField) {
        let name = "\(field.name)"
        let mixed = name.enumerated().map { $0 % 2 == 0 ? $1.uppercased() : String($1) }.joined()
        for spelling in [name, name.uppercased(), mixed] {
            #expect(Self.known(spelling) == field)
        }
        #expect(Self.known(name + "x") != field)
        #expect(Self.known(String(name.dropLast())) != field)
        for index in name.indices {
            // Bit 0x20 makes letters of other letters' case, and `-` of CR: only the first may be taken.
            var changed = Array(name.utf8)
            let offset = name.utf8.distance(from: name.startIndex, to: index)
            changed[offset] = changed[offset] == UInt8(ascii: "-") ? UInt8(ascii: "_") : UInt8(ascii: "~")
            #expect(Self.known(String(decoding: changed, as: UTF8.self)) == .other)
        }
    }

    @Test(arguments: KnownField.allCases.filter { $0 != .other })
    func only_letters_may_differ_in_the_bit_that_makes_case(field: KnownField) {
        let name = Array("\(field.name)".utf8)
        for index in name.indices {
            // In `-` and digits the same bit makes a control character: CR out of `-`.
            var changed = name
            changed[index] ^= 0x20
            let isLetter = name[index] >= 0x61 && name[index] <= 0x7A
            let start = Array("GET / HTTP/1.0\r\nX-First: 1\r\n".utf8)
            let parsed = ParsedRequest(bytes: start + changed + Array(": a\r\n\r\n".utf8))
            #expect((parsed.head.fields.list.last?.known == field) == isLetter, "\(field) at \(index)")
            #expect(isLetter || parsed.status == 400)
        }
    }

    @Test
    func lookups_tell_absent_single_and_repeated_apart() {
        let parsed = ParsedRequest.withFields(
            "X-Real-IP: 1\r\nCookie: a\r\ncookie: b\r\nToken: t\r\nDup: 1\r\nDUP: 2\r\n"
        )
        let fields = parsed.head.fields
        #expect(fields.single(.authorization) == .absent)
        #expect(fields.single(.cookie) == .repeated)
        guard case .one(let address) = fields.single(.xRealIP) else {
            Issue.record("no X-Real-IP")
            return
        }
        #expect(parsed.text(address) == "1")
        guard case .one(let token) = fields.single(named: "token", in: parsed.bytes) else {
            Issue.record("no token")
            return
        }
        #expect(parsed.text(token) == "t")
        #expect(fields.single(named: "dup", in: parsed.bytes) == .repeated)
        #expect(fields.single(named: "none", in: parsed.bytes) == .absent)
    }

    /// What the second field of a head is taken for. Some of these names would need another value for the whole head
    /// to be accepted; the lines are parsed before that is looked at.
    private static func known(_ name: String) -> KnownField? {
        ParsedRequest("GET / HTTP/1.0\r\nX-First: 1\r\n\(name): a\r\n\r\n").head.fields.list.last?.known
    }
}
