internal import JOSE

/// base64url (RFC 7515 §2): one value has one text, and decoding writes where it may and nowhere else.
package final class Base64URLTarget: FuzzTarget {
    package init() {}

    package func check(_ input: Span<UInt8>) throws(Violation) {
        try checkEncoding(input)
        guard let value = Base64URL.decode(input) else { return }
        var text: [UInt8] = []
        Base64URL.encode(value.span, to: &text)
        try require(text == input.array, "only the text that encode writes is accepted")
        try checkPlaces(input, value)
        for extra in [UInt8(ascii: "="), UInt8(ascii: "\n"), UInt8(ascii: " "), UInt8(ascii: "+"), 0] {
            let longer = input.array + [extra]
            let decoded = Base64URL.decode(longer.span)
            try require(decoded == nil, "neither padding nor white space nor another alphabet is accepted")
        }
    }

    private func checkEncoding(_ input: Span<UInt8>) throws(Violation) {
        var text: [UInt8] = []
        Base64URL.encode(input, to: &text)
        try require(text.count == (input.count * 4 + 2) / 3, "encode writes no padding")
        let back = Base64URL.decode(text.span)
        try require(back == input.array, "what was encoded is decoded")
    }

    private func checkPlaces(_ input: Span<UInt8>, _ value: [UInt8]) throws(Violation) {
        let around = [UInt8(ascii: "!")] + input.array + [UInt8(ascii: "!")]
        var output = [UInt8](repeating: 0xA5, count: value.count + 2)
        let length = Base64URL.decode(around.span, in: 1..<(1 + input.count), into: &output)
        try require(length == value.count && output.starts(with: value), "a part is decoded like a whole")
        try require(output.suffix(2) == [0xA5, 0xA5], "nothing is written behind the value")
        guard !value.isEmpty else { return }
        var small = [UInt8](repeating: 0, count: value.count - 1)
        let tooLong = Base64URL.decode(input, in: 0..<input.count, into: &small)
        try require(tooLong == nil, "what does not fit is refused")
    }
}
