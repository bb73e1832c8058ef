import HTTPWire
import TestSupport
import Testing

@Suite(.enabled(if: CorpusFolder.isPresent("http-smuggling.json"), "the corpora folder is absent: set AUTHD_CORPORA"))
struct SmugglingCorpusTests {
    @Test
    func every_case_ends_as_the_corpus_says_however_it_is_cut() throws {
        let cases = try SmugglingCase.load()
        var generator = SeededGenerator(seed: 1)
        var counts: [String: Int] = [:]
        var statusDiffers = 0
        for entry in cases {
            let raw = Array(entry.raw)
            let whole = Self.run([raw[...]])
            Self.check(entry, raw, whole, &counts)
            if let hint = entry.statusHint, entry.expect == .reject, let refusal = whole.refusal,
                String(refusal.status) != hint
            {
                statusDiffers += 1
                print("status", entry.id, refusal, "hint", hint, entry.why)
            }
            // A megabyte in single bytes says nothing that 64 KiB do not say.
            let single = Self.run(raw.prefix(65536).indices.map { raw[$0...$0] })
            #expect(single.refusal == whole.refusal && single.requests == whole.requests, "\(entry.id) by single bytes")
            for most in [2, 3, 7, 40, 300] {
                let cut = Self.run(generator.pieces(of: raw, most: most))
                #expect(cut.refusal == whole.refusal && cut.requests == whole.requests, "\(entry.id) cut at random")
            }
        }
        print("http-smuggling: \(cases.count) cases, \(counts), status other than the hint: \(statusDiffers)")
        #expect(cases.count > 400)
    }

    private static func run(_ pieces: [ArraySlice<UInt8>]) -> WireSession {
        var session = WireSession()
        for piece in pieces { session.receive(piece) }
        return session
    }

    private static func check(
        _ entry: SmugglingCase,
        _ raw: [UInt8],
        _ session: WireSession,
        _ counts: inout [String: Int],
    ) {
        let label: String
        switch entry.expect {
        case .reject:
            if session.refusal == nil, let request = session.requests.first, isLeftToTheDoor(request) {
                counts["reject, left to the decision", default: 0] += 1
                return
            }
            label = "reject"
            #expect(session.refusal != nil && session.requests.isEmpty, "\(entry.id): \(entry.why)")
        case .acceptOne:
            label = "accept"
            #expect(
                session.refusal == nil && session.requests.count == entry.requests && session.current == nil,
                "\(entry.id): \(entry.why) \(session.requests.count) \(String(describing: session.refusal))"
            )
        case .close:
            label = "close"
            #expect(session.requests.count == entry.requests, "\(entry.id): \(entry.why)")
        }
        counts[label, default: 0] += 1
    }

    /// Sound HTTP that the decision refuses: repeated credentials, and percent-encoding that the path canonicaliser
    /// does not take.
    private static func isLeftToTheDoor(_ request: WireSession.Request) -> Bool {
        if request.repeatsAuthorization { return true }
        let bytes = Array(request.target.utf8)
        return bytes.indices.contains { index in
            bytes[index] == 0x25
                && !(index + 2 < bytes.count && isHexadecimal(bytes[index + 1]) && isHexadecimal(bytes[index + 2]))
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        Character(UnicodeScalar(byte)).isHexDigit && byte < 0x80
    }
}
