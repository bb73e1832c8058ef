/// Takes tokens apart, and remembers how for tokens that have been verified: clients bring the same token again and again.
/// What is remembered is found by the whole text. How a token comes apart depends on nothing else; what else was found out
/// is its verdict, which says itself how long it holds.
///
/// Nothing is allocated in the steady state: an evicted place becomes the next token's memory.
struct TokenReader {
    /// A longer token is not remembered, which bounds the memory to some 12 KiB for each place.
    static let longestRemembered = 4096
    /// Places that one token may be in.
    private static let ways = 4

    /// The hash of the token in each place.
    private var hashes: [UInt64]
    private var remembered: [ParsedToken?]
    /// Which of its places a new token takes where all are taken; counts on.
    private var nextVictim = 0
    private let hash = KeyedHash()
    /// Where a token is taken apart that is not remembered.
    private var workplace = ParsedToken()
    /// The hash of the token that was read last.
    private var currentHash: UInt64 = 0
    /// The token that was read last.
    private(set) var current: ParsedToken

    /// - Parameter capacity: tokens that are remembered at most; 0: none.
    init(capacity: Int) {
        let sets = capacity / Self.ways
        let places = sets > 0 ? (1 << (Int.bitWidth - 1 - sets.leadingZeroBitCount)) * Self.ways : 0
        hashes = Array(repeating: 0, count: places)
        remembered = Array(repeating: nil, count: places)
        current = workplace
    }

    /// - Returns: false unless the text has the form of a token; otherwise `current` is it.
    mutating func read(_ token: Span<UInt8>) -> Bool {
        currentHash = hash.short(token)
        if !hashes.isEmpty {
            let set = set(currentHash)
            for place in set..<(set + Self.ways) where hashes[place] == currentHash {
                if let known = remembered[place], known.isText(token) {
                    current = known
                    return true
                }
            }
        }
        current = workplace
        return workplace.parse(token)
    }

    /// The current token has been verified: remember it. Garbage never gets here, so it cannot push good tokens out.
    mutating func remember() {
        guard current === workplace, current.text.count <= Self.longestRemembered, !hashes.isEmpty else { return }
        let set = set(currentHash)
        var place = set + nextVictim % Self.ways
        nextVictim &+= 1
        for free in set..<(set + Self.ways) where remembered[free] == nil { place = free }
        let evicted = remembered[place]
        remembered[place] = current
        hashes[place] = currentHash
        workplace = evicted ?? ParsedToken()
    }

    /// The first of the places that a token with this hash may be in.
    private func set(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash >> 32) & (hashes.count - 1) & ~(Self.ways - 1)
    }
}
