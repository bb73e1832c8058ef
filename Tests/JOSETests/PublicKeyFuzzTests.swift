import Foundation
import JOSE
import TestSupport
import Testing

/// Whatever stands in a file of public or private keys, it is read or refused.
@Suite struct PublicKeyFuzzTests {
    private func mutate(_ seed: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = Int.random(in: place...min(place + 20, bytes.count), using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.replaceSubrange(place..<end, with: [])
            case 1: bytes.insert(UInt8.random(in: .min ... .max, using: &random), at: place)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            default: if place < bytes.count { bytes[place] = UInt8.random(in: .min ... .max, using: &random) }
            }
        }
        return bytes
    }

    @Test func twenty_thousand_broken_key_files_give_sound_keys_or_none() throws {
        var random = SeededGenerator(seed: 15)
        let jwks = try TestKey.Kind.allCases.map { JWKText.text(try TestKey.shared($0).jwk) }
        let blocks = try TestKey.Kind.allCases.map { PEMText.block("PUBLIC KEY", try TestKey.shared($0).encoded) }
        let seeds = (jwks + blocks + [KeyFixtures.leaf, JWKText.set(Array(jwks.prefix(3)))]).map { Array($0.utf8) }
        var requirements = JWKText.requirements()
        var accepted = 0
        for round in 0..<20_000 {
            requirements.skipsBrokenKeys = round % 2 == 0
            let loaded = LoadedKeys(mutate(seeds.randomElement(using: &random) ?? [], &random), requirements)
            guard let keys = loaded.file?.keys else { continue }
            accepted += 1
            #expect(!keys.isEmpty)
            for key in keys {
                guard case .publicKey(let publicKey) = key.material else {
                    Issue.record("a secret")
                    continue
                }
                #expect(!key.algorithms.isEmpty && key.algorithms.isSubset(of: publicKey.algorithms))
                if case .rsa(let bytes) = publicKey.kind { #expect(bytes >= 256) }
            }
        }
        print("public key fuzz: 20000 files, \(accepted) accepted")
        #expect(accepted > 100)
    }

    // The DER inside the armour, so that libcrypto's readers see it.
    @Test func twenty_thousand_broken_der_contents_never_crash() throws {
        var random = SeededGenerator(seed: 16)
        var seeds = try TestKey.Kind.allCases.map { ("PUBLIC KEY", try TestKey.shared($0).encoded) }
        seeds.append(("RSA PUBLIC KEY", Array(try TestKey.shared(.rsa2048).encoded.dropFirst(24))))
        let lines = KeyFixtures.leaf.split(separator: "\n").dropFirst().dropLast().joined()
        seeds.append(("CERTIFICATE", Array(try #require(Data(base64Encoded: lines)))))
        for kind in [TestKey.Kind.p256, .ed25519] {
            seeds.append(("PRIVATE KEY", try TestKey.shared(kind).encodedPrivateKey))
        }
        var accepted = 0
        for _ in 0..<20_000 {
            guard let (label, seed) = seeds.randomElement(using: &random) else { continue }
            let text = PEMText.block(label, mutate(seed, &random))
            let isLoaded: Bool
            if label == "PRIVATE KEY" {
                let bytes = Array(text.utf8)
                isLoaded = (try? PrivateKey(bytes.span)) != nil
            } else {
                isLoaded = LoadedKeys(text, JWKText.requirements()).file != nil
            }
            accepted += isLoaded ? 1 : 0
        }
        print("DER fuzz: 20000 contents, \(accepted) accepted")
        #expect(accepted < 10_000)
    }
}
