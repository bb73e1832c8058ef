/// Takes tokens apart, and remembers how for tokens that have been verified: clients bring the same token again and again.
/// Only the taking apart is remembered, which depends on the text alone. The signature, the times and everything else are
/// checked for each request anew.
///
/// Nothing is allocated in the steady state: an evicted place becomes the next token's memory.
struct TokenReader {
    /// Tokens that are remembered, each in the place that its text hashes to. A power of two.
    static let places = 64
    /// A longer token is not remembered, which bounds the memory.
    static let longestRemembered = 2048

    private var remembered: [ParsedToken?] = Array(repeating: nil, count: places)
    /// Where a token is taken apart that is not remembered.
    private var workplace = ParsedToken()
    /// The token that was read last.
    private(set) var current: ParsedToken

    init() { current = workplace }

    /// - Returns: false unless the text has the form of a token; otherwise `current` is it.
    mutating func read(_ token: Span<UInt8>) -> Bool {
        if let known = remembered[Self.place(token)], known.isText(token) {
            current = known
            return true
        }
        current = workplace
        return workplace.parse(token)
    }

    /// The current token has been verified: remember how it was taken apart. Garbage never gets here, so it cannot push
    /// good tokens out.
    mutating func remember() {
        guard current === workplace, current.text.count <= Self.longestRemembered else { return }
        let text = current.text
        let place = Self.place(text.span)
        let evicted = remembered[place]
        remembered[place] = current
        workplace = evicted ?? ParsedToken()
    }

    /// By the last bytes, which belong to the signature and are as good as random.
    private static func place(_ token: Span<UInt8>) -> Int {
        var hash = UInt32(truncatingIfNeeded: token.count)
        for position in max(0, token.count - 8)..<token.count { hash = hash &* 31 &+ UInt32(token[position]) }
        return Int(hash ^ hash >> 16) & (places - 1)
    }
}
