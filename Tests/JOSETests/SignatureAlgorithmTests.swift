import JOSE
import Testing

@Suite struct SignatureAlgorithmTests {
    private func algorithm(_ text: String) -> SignatureAlgorithm? {
        let bytes = Array("<\(text)>".utf8)
        return SignatureAlgorithm(bytes.span, in: 1..<(bytes.count - 1))
    }

    @Test func each_algorithm_has_its_one_name() {
        for expected in SignatureAlgorithm.allCases { #expect(algorithm(expected.rawValue) == expected) }
        #expect(SignatureAlgorithm.allCases.map(\.position) == Array(SignatureAlgorithm.allCases.indices))
    }

    // RFC 7515 §4.1.1: case-sensitive. RFC 8725 §3.2: `none` does not exist.
    @Test(arguments: [
        "", "none", "None", "NONE", "nOnE", "hs256", "Hs256", "hS256", "HS256 ", " HS256", "HS25", "HS2566",
        "HS256\u{0}",
        "RS1", "ES256K", "ES128", "PS255", "EDDSA", "eddsa", "Ed25518", "Ed449", "Ed25519ph", "rs256", "HS224", "HS128",
        "HS383", "HS521", "HS000", "ＨＳ２５６", "HS1", "dir",
        "A128KW",
        "HS255", "HS385", "HS513", "XS256", "HX256", "HS\u{0}56", "HMACSHA256",
    ])
    func every_other_name_is_none(name: String) {
        #expect(algorithm(name) == nil)
        #expect(SignatureAlgorithm(rawValue: name) == nil)
    }

    @Test func the_lengths_are_those_of_rfc_7518() {
        let expected = [32, 48, 64, 32, 48, 64, 32, 48, 64, 32, 48, 64, 0, 0, 0]
        #expect(SignatureAlgorithm.allCases.map(\.digestBytes) == expected)
        #expect(SignatureAlgorithm.allCases.filter(\.isSymmetric) == [.hs256, .hs384, .hs512])
    }
}
