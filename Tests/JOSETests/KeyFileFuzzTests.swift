import JOSE
import TestSupport
import Testing

@Suite struct KeyFileFuzzTests {
    // Whatever stands in a key file, it is read or refused; a key that is read keeps the requirements.
    @Test func twenty_thousand_broken_files_are_read_or_refused() {
        var random = SeededGenerator(seed: 6)
        let seeds = [
            GoodSecret.first + "\n" + GoodSecret.second + "\r\n",
            GoodSecret.jwk(GoodSecret.first, #""kid":"k1""#, #""alg":"HS256""#, #""key_ops":["verify"]"#),
            GoodSecret.set(
                GoodSecret.jwk(GoodSecret.first, #""kid":"a""#),
                GoodSecret.jwk(GoodSecret.second, #""use":"sig""#)
            ),
        ].map { Array($0.utf8) }
        var accepted = 0
        for _ in 0..<20_000 {
            var bytes = seeds.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0...bytes.count, using: &random)
                let end = Int.random(in: place...min(place + 30, bytes.count), using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes.replaceSubrange(place..<end, with: [])
                case 1: bytes.insert(UInt8.random(in: .min ... .max, using: &random), at: place)
                default: if place < bytes.count { bytes[place] = UInt8.random(in: .min ... .max, using: &random) }
                }
            }
            let loaded = LoadedKeys(bytes)
            guard let secrets = loaded.secrets else { continue }
            accepted += 1
            #expect(!secrets.isEmpty && secrets.allSatisfy { $0.count >= 32 })
        }
        print("key file fuzz: 20000 files, \(accepted) accepted")
        #expect(accepted > 100)
    }
}
