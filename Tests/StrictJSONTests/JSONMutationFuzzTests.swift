import Foundation
import StrictJSON
import TestSupport
import Testing

@Suite struct JSONMutationFuzzTests {
    private static let seeds = [
        #"{"iss":"https://issuer.example","sub":"alice","aud":["a","b"],"exp":1800000000,"nbf":1.5e3,"admin":false}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"\u006bey-1","crit":[],"x":null}"#,
        #"[[],{},[{"a":[{"b":-0.0}]}],"\ud83d\ude00\u0000\"\\\/\b",1e-5,-12345678901234567890]"#,
        "{\"é\":\"😀\u{7F}\",\"a\":{\"a\":{\"a\":true}},\"b\":[1,2,3,null,false]}",
        " \t\r\n[ 0 , -1 , 2.5E+10 , \"x\" ] ",
        #"{"a":0,"b":1,"c":2,"d":3,"e":4,"f":5,"g":6,"h":7,"i":8,"j":9,"k":10,"\u006c":11}"#,
        "\"\"", "-0", "null",
    ].map { Array($0.utf8) }
    private static let alphabet =
        Array("{}[]\",:\\u0123456789abcdefntr.eE+- \t\n\u{0}\u{80}\u{FF}/".utf8) + [0xC3, 0xED, 0xFF]

    private func mutated(_ random: inout SeededGenerator) -> [UInt8] {
        var bytes = Self.seeds.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = Int.random(in: place...min(place + 8, bytes.count), using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes.replaceSubrange(place..<end, with: [])
            case 1: bytes.insert(Self.alphabet.randomElement(using: &random) ?? 0, at: place)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
            case 4: if place < bytes.count { bytes[place] = Self.alphabet.randomElement(using: &random) ?? 0 }
            default:
                let other = Self.seeds.randomElement(using: &random) ?? []
                let from = Int.random(in: 0...other.count, using: &random)
                bytes =
                    Array(bytes.prefix(place)) + other[from..<min(from + 20, other.count)]
                    + bytes.suffix(bytes.count - end)
            }
        }
        return bytes
    }

    // Foundation's reader is the oracle: looser about duplicates and depth, so acceptance here must imply it there.
    @Test func what_is_accepted_here_foundation_accepts_too_and_reads_the_same() throws {
        var random = SeededGenerator(seed: 0x4A53_4F4E)
        var document = JSONDocument()
        var accepted = 0
        for round in 0..<100_000 {
            let bytes = mutated(&random)
            if let failure = document.parse(bytes.span) {
                #expect((0...bytes.count).contains(failure.offset), "round \(round)")
                continue
            }
            accepted += 1
            let hasHugeNumber = document.nodes.indices.contains { node in
                document.nodes[node].kind == .number && document.double(node, in: bytes.span) == nil
            }
            // Foundation refuses numbers beyond all doubles, which RFC 8259 §6 leaves to the parser.
            if hasHugeNumber { continue }
            let object = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            #expect(object != nil, "round \(round): \(String(decoding: bytes, as: UTF8.self))")
            checkStrings(document, bytes, object, round)
        }
        print("JSON mutation fuzz: 100000 inputs, \(accepted) accepted")
        #expect(accepted > 1000)
    }

    /// The members of a root object have the same names and string values in both readings.
    private func checkStrings(_ document: JSONDocument, _ bytes: [UInt8], _ object: Any?, _ round: Int) {
        guard let object = object as? [String: Any] else { return }
        document.forEachMember(of: 0) { name, value in
            guard let text = document.string(name, in: bytes.span) else { return }
            let theirs = object[text]
            #expect(theirs != nil, "round \(round)")
            if let string = document.string(value, in: bytes.span) {
                #expect((theirs as? String).map { Array($0.utf8) } == Array(string.utf8), "round \(round)")
            }
        }
    }

    // A reader must end on every prefix and every single-byte change of a good text.
    @Test func every_prefix_and_every_changed_byte_is_decided() {
        var document = JSONDocument()
        var refused = 0
        for seed in Self.seeds {
            for count in 0..<seed.count {
                let bytes = Array(seed.prefix(count))
                if document.parse(bytes.span) != nil { refused += 1 }
            }
            for place in seed.indices {
                for value in UInt8.min...UInt8.max {
                    var bytes = seed
                    bytes[place] = value
                    if document.parse(bytes.span) != nil { refused += 1 }
                }
            }
        }
        #expect(refused > 10_000)
    }
}
