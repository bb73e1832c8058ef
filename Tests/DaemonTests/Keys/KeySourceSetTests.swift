import Authorization
import Configuration
import TestSupport
import Testing

@testable import Daemon

/// JWK and JWKS files: refused as a whole, or by the key, and the last good set stays.
@Suite struct KeySourceSetTests {
    private let folder: TemporaryDirectory
    private var probe: KeySourceProbe

    init() throws {
        folder = try TemporaryDirectory()
        probe = KeySourceProbe(.file(folder.file("jwks")))
        try folder.write(Self.jwks([Self.key(1, "one"), Self.key(2, "two")]), to: "jwks")
        try #require(probe.check() == .loaded(2))
    }

    private static func key(_ number: Int, _ kid: String) -> String {
        let bytes = SHA2.sha256.hash(Array("set \(number)".utf8))
        return #"{"kty":"oct","kid":"\#(kid)","alg":"HS256","k":"\#(TokenMint.base64url(bytes))"}"#
    }

    private static func jwks(_ keys: [String]) -> String { "{\"keys\":[\(keys.joined(separator: ","))]}" }

    @Test(arguments: [
        "{", "{\"keys\":[]}", "{\"keys\":{}}", "{\"keys\":[{}]}", "{\"keys\":[{\"kty\":\"EC\"}]}",
        "{\"keys\":[{\"kty\":\"magic\"}]}", "{\"keys\":[{\"kty\":\"oct\"}]}", "{\"keys\":[1]}", "[]",
    ])
    mutating func a_set_without_a_usable_key_is_refused_and_the_old_set_stays(text: String) throws {
        let before = probe.secrets
        try folder.write(text, to: "jwks")
        #expect(probe.failure() != nil)
        #expect(probe.secrets == before)
        #expect(probe.source.health == .degraded)
    }

    @Test mutating func a_kid_that_stands_twice_refuses_the_set() throws {
        let before = probe.secrets
        try folder.write(Self.jwks([Self.key(3, "same"), Self.key(4, "same")]), to: "jwks")
        #expect(probe.failure() == .contentRefused)
        #expect(probe.secrets == before)
    }

    @Test mutating func keys_of_other_kinds_are_passed_over() throws {
        let foreign = #"{"kty":"RSA","kid":"r","n":"AQAB","e":"AQAB"}"#
        try folder.write(Self.jwks([foreign, Self.key(5, "five")]), to: "jwks")
        #expect(probe.check() == .loaded(1))
    }
}

@Suite(.enabled(if: CorpusFolder.isPresent, "\(CorpusFolder.absence)"))
struct KeySourceCorpusTests {
    private struct Case: Decodable {
        let id: String
        let jwks: String
        let expect: String
    }

    @Test func no_set_of_the_corpus_takes_the_last_good_keys_away() throws {
        let folder = try TemporaryDirectory()
        var probe = KeySourceProbe(.file(folder.file("jwks")))
        var loaded = 0
        var refused = 0
        let cases = try CorpusFolder.cases("jwks-cases.json", as: Case.self)
        for item in cases {
            try folder.write(KeySettings.secret(1), to: "jwks")
            _ = probe.check()
            try folder.write(item.jwks, to: "jwks")
            switch probe.check() {
            case .loaded:
                loaded += 1
                #expect(item.expect != "no usable key", "\(item.id)")
            case .failed:
                refused += 1
                #expect(probe.secrets == [KeySettings.secret(1)], "\(item.id)")
            case .unchanged, .recovered, .unsettled: Issue.record("\(item.id)")
            }
        }
        print("key files of jwks-cases.json under an HMAC issuer: \(loaded) loaded, \(refused) refused")
        #expect(loaded + refused == cases.count)
    }
}
