/// Every secret and token that the tests made or sent: what no program may write into a log.
///
/// Of each, sixteen bytes are kept: of a secret the first, of a token those that its claims and its signature begin with. So
/// what a program cuts off is found too. Shorter ones, and secrets in which other bytes stand, are not kept.
package enum Unspeakable {
    private static let all = Awaited<Set<Piece>>([])

    /// How many are known.
    package static var count: Int { all.current.count }

    package static func add(secret: some Sequence<UInt8>) {
        guard let piece = Piece.runs(of: secret).first else { return }
        all.update { _ = $0.insert(piece) }
    }

    /// - Parameter token: a compact JWS; the header, which holds no secret, may be in a log.
    package static func add(token: some Sequence<UInt8>) {
        let parts = Array(token).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).dropFirst()
        let pieces = parts.compactMap { part in part.count < Piece.length ? nil : Piece.runs(of: part).first }
        all.update { $0.formUnion(pieces) }
    }

    /// How many of the words in a text are one of them, or begin like it.
    package static func count(in text: some Sequence<UInt8>) -> Int {
        let known = all.current
        return Piece.runs(of: text).count { known.contains($0) }
    }

    /// The first sixteen bytes of a run of base64url.
    private struct Piece: Hashable {
        static let length = 16
        private let first: UInt64
        private let second: UInt64

        static func runs(of text: some Sequence<UInt8>) -> [Piece] {
            var pieces: [Piece] = []
            var (first, second, length) = (UInt64(0), UInt64(0), 0)
            for byte in text {
                guard isBase64URL(byte) else {
                    length = 0
                    continue
                }
                length += 1
                switch length {
                case ...8: first = first << 8 | UInt64(byte)
                case ...16: second = second << 8 | UInt64(byte)
                default: continue
                }
                if length == Self.length { pieces.append(Piece(first: first, second: second)) }
            }
            return pieces
        }

        private static func isBase64URL(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
    }
}
