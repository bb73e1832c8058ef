import Authorization
import Configuration
import Testing

@testable import YAML

/// Files of revocations, good and bad.
@Suite struct RevocationListTests {
    private static let issuers = ["login", "invoker"]

    /// - Parameter piece: in how many bytes at a time the file comes.
    private func read(_ text: String, piece: Int = 65_536) -> Result<RevocationTable, ConfigurationError> {
        read(bytes: Array(text.utf8), piece: piece)
    }

    private func read(bytes: [UInt8], piece: Int = 65_536) -> Result<RevocationTable, ConfigurationError> {
        var rest = bytes[...]
        return RevocationList.read(file: "revoked.yaml", issuers: Self.issuers) {
            defer { rest = rest.dropFirst(piece) }
            return Array(rest.prefix(piece))
        }
    }

    private func isRevoked(_ table: RevocationTable, _ id: String, _ issuer: Int) -> Bool {
        let bytes = Array(id.utf8)
        return table.isRevoked(tokenID: bytes.span, issuer: issuer)
    }

    private func moment(_ table: RevocationTable, _ subject: String, _ issuer: Int) -> Double? {
        let bytes = Array(subject.utf8)
        return table.revokedBefore(subject: bytes.span, issuer: issuer)?.seconds
    }

    private func failure(_ text: String) -> ConfigurationError? {
        if case .failure(let error) = read(text) { error } else { nil }
    }

    private static let sample = """
        # made by login
        revoked:
          - jti: 0b2f                       # one token
          - { jti: 77c1, issuer: login }
          - sub: user-1
            issued_before: 2026-11-01T00:00:00Z
          - issued_before: 1793491200.5
            issuer: invoker
            sub: "üser 2"

        """

    @Test(arguments: [
        "revoked: [", "revoked:\n  - {jti: \"x", "revoked:\n  - jti: a\n  b", "revoked:\n  - jti: a\n  - jti: b",
        "revoked:\n- jti: a\n# half", "revoked: [{sub", "revoked:", "revoked:\n- jti:",
    ])
    func a_fault_at_the_end_of_a_file_is_on_its_last_line(text: String) throws {
        let lines = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        #expect(try #require(failure(text)).place.line == lines)
    }

    @Test(arguments: [1, 2, 3, 7, 65_536])
    func every_form_of_entry_is_read_in_pieces_of_any_size(piece: Int) throws {
        let table = try read(Self.sample, piece: piece).get()
        #expect(table.count == 4)
        #expect(isRevoked(table, "0b2f", 0) && isRevoked(table, "0b2f", 1))
        #expect(isRevoked(table, "77c1", 0) && !isRevoked(table, "77c1", 1))
        #expect(moment(table, "user-1", 0) == 1_793_491_200 && moment(table, "user-1", 1) == 1_793_491_200)
        #expect(moment(table, "üser 2", 1) == 1_793_491_200.5 && moment(table, "üser 2", 0) == nil)
    }

    @Test(arguments: [
        "revoked: []\n", "revoked: []", "{\"revoked\": []}", "\u{FEFF}revoked: []\n", "---\nrevoked: []\n...\n",
        "revoked: [{jti: a}]", "revoked:\r\n- jti: a\r\n",
    ])
    func a_list_may_be_empty_or_JSON_or_of_another_editor(text: String) throws {
        #expect(try read(text).get().count <= 1)
    }

    @Test(arguments: [1, 2, 3, 4])
    func a_byte_order_mark_is_passed_over_in_pieces_of_any_size(piece: Int) throws {
        let table = try read("\u{FEFF}revoked: [{jti: a}]\n", piece: piece).get()
        #expect(table.count == 1 && isRevoked(table, "a", 0))
        let mark = read("\u{FEFF}", piece: piece)
        let error = #expect(throws: ConfigurationError.self) { try mark.get() }
        #expect(error?.code == .empty)
    }

    @Test func a_text_is_taken_as_it_is_written() throws {
        let table = try read("revoked:\n- jti: 00123\n- jti: 1e5\n- jti: 'null'\n- jti: 0x1F\n").get()
        #expect(["00123", "1e5", "null", "0x1F"].allSatisfy { isRevoked(table, $0, 0) })
        #expect(!isRevoked(table, "123", 0) && !isRevoked(table, "100000", 0))
    }

    /// What is wrong, where it is said to be, and the code.
    private static let faults: [(text: String, place: String, code: ConfigurationError.Code)] = [
        ("", "1:1", .empty), ("\u{FEFF}", "1:1", .empty), ("# nothing\n", "1:1", .empty), ("---\n", "1:1", .empty),
        ("revoked:\n", "1:9", .wrongType), ("revoked: ~\n", "1:10", .wrongType), ("revoked: {}\n", "1:10", .wrongType),
        ("revoked: none\n", "1:10", .wrongType), ("[]\n", "1:1", .wrongType), ("revoked\n", "1:1", .wrongType),
        ("{}\n", "1:2", .missingKey), ("revokd: []\n", "1:1", .unknownKey),
        ("revoked: []\nrevoked: []\n", "2:1", .duplicateKey), ("revoked: []\nother: 1\n", "2:1", .unknownKey),
        ("revoked: []\n---\nrevoked: []\n", "2:1", .refusedYAML), ("[1]: 2\n", "1:1", .refusedYAML),
        ("revoked:\n- abc\n", "2:3", .wrongType), ("revoked:\n- [a]\n", "2:3", .wrongType),
        ("revoked:\n- {}\n", "2:3", .missingKey), ("revoked:\n-\n", "2:2", .wrongType),
        ("revoked:\n- jtl: a\n", "2:3", .unknownKey), ("revoked:\n- jti: a\n  jti: b\n", "3:3", .duplicateKey),
        ("revoked:\n- jti: a\n  sub: b\n", "3:3", .conflict), ("revoked:\n- jti:\n", "2:7", .wrongType),
        ("revoked:\n- jti: ''\n", "2:8", .invalidValue), ("revoked:\n- jti: true\n", "2:8", .wrongType),
        ("revoked:\n- jti: [a]\n", "2:8", .wrongType), ("revoked:\n- jti: {a: b}\n", "2:8", .wrongType),
        ("revoked:\n- {[a]: b}\n", "2:4", .refusedYAML), ("revoked:\n- {{a: b}: b}\n", "2:4", .refusedYAML),
        ("revoked:\n- jti: a\n  issuer: logn\n", "3:11", .unknownReference),
        ("revoked:\n- jti: a\n  issued_before: 5\n", "2:3", .conflict), ("revoked:\n- sub: a\n", "2:3", .missingKey),
        ("revoked:\n- issued_before: 5\n", "2:3", .missingKey), ("revoked:\n- issuer: login\n", "2:3", .missingKey),
        ("revoked:\n- {sub: a, issued_before: soon}\n", "2:27", .invalidValue),
        ("revoked:\n- {sub: a, issued_before: '5'}\n", "2:27", .invalidValue),
        ("revoked:\n- &a {jti: a}\n", "2:3", .refusedYAML), ("revoked:\n- *a\n", "2:3", .refusedYAML),
        ("revoked:\n- jti: !!str a\n", "2:8", .refusedYAML), ("%TAG ! a\n---\nrevoked: []\n", "1:1", .refusedYAML),
        ("revoked: []\n# a\u{2028}b\n", "2:4", .syntax), ("revoked: [\n", "2:1", .syntax),
        ("revoked:\n- jti: \"a\n", "3:1", .syntax), ("revoked:\n\t- jti: a\n", "2:1", .syntax),
    ]

    @Test(arguments: faults.indices)
    func a_fault_is_named_with_its_place_and_what_to_do(index: Int) throws {
        let fault = Self.faults[index]
        let error = try #require(failure(fault.text), "\(fault.text)")
        #expect(
            error.code == fault.code && "\(error.place)" == "revoked.yaml:\(fault.place)",
            "\(fault.text)\n\(error)"
        )
    }

    @Test func an_error_shows_the_way_to_the_entry_and_nothing_of_its_value() throws {
        let error = try #require(failure("revoked:\n- jti: a\n- jti: b\n  issuer: logn\n"))
        #expect(error.description.contains("revoked[1].issuer: there is no issuer"))
        #expect(error.hint == #"did you mean "login"?"#)
        #expect(failure("revoked:\n- jtl: a\n")?.hint == #"did you mean "jti"?"#)
    }

    @Test func bytes_that_are_not_UTF8_are_refused() {
        for bad in [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0x00]] as [[UInt8]] {
            let result = read(bytes: Array("revoked:\n- jti: ".utf8) + bad + [0x0A])
            #expect(throws: ConfigurationError.self) { try result.get() }
        }
    }

    /// Every proper beginning of a file in lines, but those that end with an entry, is refused.
    @Test func a_file_that_is_cut_within_a_line_is_refused() throws {
        let text = Array("revoked:\n  - jti: 0b2f\n  - sub: user-1\n    issued_before: 5\n".utf8)
        for length in 0..<text.count {
            let result = read(bytes: Array(text[..<length]))
            let isWhole = length == "revoked:\n  - jti: 0b2f\n".utf8.count
            #expect((try? result.get()) == nil || isWhole, "the first \(length) bytes")
        }
        #expect(try read(bytes: text).get().count == 2)
    }

    @Test func one_part_larger_than_a_mebibyte_is_refused() {
        // What was read ahead of the part is not counted.
        let long = String(repeating: "a", count: YAMLInput.longestPart + 65_536)
        #expect(failure("revoked:\n- jti: \(long)\n")?.code == .tooLarge)
        #expect(failure("# \(long)\nrevoked: []\n")?.code == .tooLarge)
        let text = String(repeating: "b", count: RevocationList.maximumText)
        #expect(failure("revoked:\n- jti: \(text)\n") == nil)
        #expect(failure("revoked:\n- jti: \(text)b\n")?.code == .outOfRange)
    }

    @Test func more_entries_than_allowed_are_refused() {
        #expect(RevocationList.maximumEntries == 2_000_000)
        var reader = RevocationListReader(file: "f", issuers: [], maximumEntries: 3)
        func event(_ kind: YAMLEvent.Kind) -> YAMLEvent {
            YAMLEvent(kind: kind, line: 1, column: 1, hasAnchor: false, hasTag: false)
        }
        let entry: [YAMLEvent] = [
            event(.mappingStart), event(.scalar(text: "jti", isPlain: true)),
            event(.scalar(text: "a", isPlain: true)), event(.mappingEnd),
        ]
        let start: [YAMLEvent] = [
            event(.mappingStart), event(.scalar(text: "revoked", isPlain: true)), event(.sequenceStart),
        ]
        var error: ConfigurationError?
        var taken = -1
        do throws(ConfigurationError) {
            for event in start { try reader.take(event) }
            while taken < 5 {
                taken += 1
                for event in entry { try reader.take(event) }
            }
        } catch let failure {
            error = failure
        }
        #expect(error?.code == .tooManyNodes && taken == 3)
    }

    @Test func a_file_that_cannot_be_read_to_its_end_is_refused() {
        var pieces: [[UInt8]?] = [Array("revoked:\n- jti: a\n".utf8), nil]
        let result = RevocationList.read(file: "f", issuers: []) { pieces.removeFirst() }
        #expect(throws: ConfigurationError.self) { try result.get() }
    }
}
