import JOSE
import Testing

@Suite struct SecretKeyBytesTests {
    private func secret(_ bytes: [UInt8]) throws -> SecretKeyBytes {
        let secret = SecretKeyBytes(copying: bytes.span)
        return try #require(secret)
    }

    private func copy(_ secret: SecretKeyBytes) -> [UInt8] {
        secret.withBytes { bytes in (0..<bytes.count).map { bytes[$0] } }
    }

    @Test(arguments: [0, 1, 2, 31, 32, 33, 64, 100, 4096])
    func the_bytes_are_kept_as_they_were(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
        let secret = try secret(bytes)
        #expect(secret.count == count)
        #expect(copy(secret) == bytes)
    }

    @Test func zeros_and_line_ends_are_bytes_like_others() throws {
        let bytes: [UInt8] = [0, 10, 13, 0, 255, 0]
        #expect(copy(try secret(bytes)) == bytes)
    }

    @Test func equality_is_of_content() throws {
        let bytes = Array("a-shared-secret-of-32-bytes-long".utf8)
        let original = try secret(bytes)
        #expect(original.hasSameBytes(as: original))
        #expect(original.hasSameBytes(as: try secret(bytes)))
        #expect(!original.hasSameBytes(as: try secret(bytes + [0])))
        #expect(!original.hasSameBytes(as: try secret(Array(bytes.dropLast()))))
        for place in bytes.indices {
            var other = bytes
            other[place] ^= 1
            #expect(!original.hasSameBytes(as: try secret(other)), "byte \(place)")
        }
        #expect(try secret([]).hasSameBytes(as: try secret([])))
        #expect(!(try secret([])).hasSameBytes(as: try secret([0])))
    }

    @Test func a_later_change_of_the_callers_copy_changes_nothing() throws {
        var bytes: [UInt8] = [1, 2, 3]
        let secret = try secret(bytes)
        bytes.wipe()
        #expect(bytes == [0, 0, 0])
        #expect(copy(secret) == [1, 2, 3])
    }

    @Test func keys_are_the_same_by_name_algorithms_and_bytes() throws {
        let bytes = Array("a-shared-secret-of-32-bytes-long".utf8)
        func key(_ name: String?, _ algorithms: Set<SignatureAlgorithm>, _ bytes: [UInt8]) throws -> VerificationKey {
            VerificationKey(keyID: name, algorithms: algorithms, material: .secret(try secret(bytes)))
        }
        let key1 = try key("a", [.hs256], bytes)
        #expect(key1.isSame(as: try key("a", [.hs256], bytes)))
        #expect(!key1.isSame(as: try key("b", [.hs256], bytes)))
        #expect(!key1.isSame(as: try key(nil, [.hs256], bytes)))
        #expect(!key1.isSame(as: try key("a", [.hs256, .hs512], bytes)))
        #expect(!key1.isSame(as: try key("a", [.hs256], bytes + [1])))
        #expect(key1.hasSameMaterial(as: try key("b", [.hs512], bytes)))
        #expect(!key1.hasSameMaterial(as: try key("a", [.hs256], bytes + [1])))
    }
}
