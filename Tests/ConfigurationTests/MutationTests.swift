import Configuration
import TestSupport
import Testing
import YAML

@Suite struct MutationTests {
    /// What a mutation may put in: YAML's indicators, and values that readers stumble over.
    private static let pieces: [[UInt8]] =
        [
            "", " ", "\n", "\t", ":", ": ", "- ", "[", "]", "{", "}", "\"", "'", "|", ">", "#", "&a ", "*a", "!!x ",
            "%TAG", "---\n",
            "?", "<<: ", "~", "null", "-1", "99999999999999999999", "1e400", "0x", "[::1]:80", "\u{2028}", "é", "\r",
            "\u{0}",
            "true", "0s", "1KiB", "/**", "*", "unix: /", "none", "https://", "http://127.0.0.1", "{}", "[{}]",
            "any_of: ", "preset: ",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xEF, 0xBB, 0xBF]]

    /// A few bytes lost, repeated or replaced, or a whole word replaced, which leaves more of the grammar in order.
    private static func mutated(_ base: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = base
        let areWords = Bool.random(using: &generator)
        for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
            let start = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(bytes.count, start + Int.random(in: 0...8, using: &generator))
            let piece = pieces[Int.random(in: 0..<pieces.count, using: &generator)]
            switch areWords ? 4 : Int.random(in: 0...3, using: &generator) {
            case 0: bytes.removeSubrange(start..<end)
            case 1: bytes.insert(contentsOf: bytes[start..<end], at: Int.random(in: 0...bytes.count, using: &generator))
            case 2: bytes[start] = UInt8.random(in: .min ... .max, using: &generator)
            case 3: bytes.replaceSubrange(start..<end, with: piece)
            default:
                let other = word(in: bytes, at: Int.random(in: 0..<bytes.count, using: &generator))
                let isPiece = Bool.random(using: &generator)
                let replacement = isPiece ? piece : Array(bytes[other])
                bytes.replaceSubrange(word(in: bytes, at: start), with: replacement)
            }
        }
        return bytes
    }

    /// The letters and digits around `index`; empty where there are none.
    private static func word(in bytes: [UInt8], at index: Int) -> Range<Int> {
        func isWord(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "_") || Character(Unicode.Scalar(byte)).isLetter }
        var range = index..<index
        while range.lowerBound > 0, isWord(bytes[range.lowerBound - 1]) {
            range = range.lowerBound - 1..<range.upperBound
        }
        while range.upperBound < bytes.count, isWord(bytes[range.upperBound]) {
            range = range.lowerBound..<range.upperBound + 1
        }
        return range
    }

    /// Whether every message is one line of bounded length about a place within the file.
    private static func areSound(_ errors: [ConfigurationError], lines: Int) -> Bool {
        errors.allSatisfy { error in
            let text = error.description.utf8
            return (1...lines + 1).contains(error.place.line) && error.place.column >= 1 && text.count < 8000
                && text.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        }
    }

    @Test func broken_yaml_gives_errors_with_places_and_never_a_crash() {
        var generator = SeededGenerator(seed: 7)
        var counts = (settings: 0, refused: 0, syntax: 0)
        for round in 0..<2500 {
            let samples = [Sample.complete, Sample.small, Sample.rich]
            let base = Array(samples[round % samples.count].utf8)
            let bytes = Self.mutated(base, &generator)
            let lines = bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
            switch YAMLReader.read(bytes.span, file: "f") {
            case .failure(let error):
                counts.syntax += 1
                #expect(Self.areSound([error], lines: lines))
            case .success(let node):
                let reading = ConfigurationReader.read(node)
                #expect((reading.settings == nil) == !reading.errors.isEmpty)
                if reading.settings == nil { counts.refused += 1 } else { counts.settings += 1 }
                #expect(Self.areSound(reading.errors + reading.warnings, lines: lines))
            }
        }
        print("mutations: \(counts.settings) accepted, \(counts.refused) refused, \(counts.syntax) not YAML")
        #expect(counts.settings > 100 && counts.refused > 100 && counts.syntax > 100)
    }

    @Test func broken_json_gives_errors_with_places_and_never_a_crash() throws {
        var generator = SeededGenerator(seed: 8)
        let bases = try [Sample.complete, Sample.rich].map { sample in
            PolicyJSON.write(try Sample.settings(sample).policy, realm: "authd")
        }
        var refused = 0
        for round in 0..<1000 {
            let bytes = Self.mutated(bases[round % bases.count], &generator)
            do throws(ConfigurationError) {
                let reading = ConfigurationReader.readPolicy(try ConfigurationNode(json: bytes.span, file: "f"))
                #expect((reading.policy == nil) == !reading.errors.isEmpty)
                #expect(Self.areSound(reading.errors + reading.warnings, lines: bytes.count))
            } catch {
                refused += 1
                #expect(Self.areSound([error], lines: bytes.count))
            }
        }
        #expect(refused > 100)
    }

    @Test func whatever_stays_right_still_writes_a_policy_that_reads_back_equal() throws {
        var generator = SeededGenerator(seed: 9)
        var count = 0
        for round in 0..<1000 {
            let sample = round % 2 == 0 ? Sample.complete : Sample.rich
            let bytes = Self.mutated(Array(sample.utf8), &generator)
            guard case .success(let node) = YAMLReader.read(bytes.span, file: "f"),
                let settings = ConfigurationReader.read(node).settings
            else { continue }
            count += 1
            let json = PolicyJSON.write(settings.policy, realm: settings.realm)
            let reading = ConfigurationReader.readPolicy(try ConfigurationNode(json: json.span, file: "p"))
            #expect(reading.policy == settings.policy)
            #expect(reading.realm == settings.realm)
        }
        #expect(count > 100)
    }
}
