internal import JOSE

/// One issuer's key ring as an event loop uses it: contexts made on first use, names in a hash table.
final class CompiledKeys {
    private struct Key {
        let entry: KeyRing.Entry
        /// Bit n: the n-th algorithm of `SignatureAlgorithm.allCases`.
        let algorithms: UInt8
        let retiresAt: Double
        /// The next key with the same name, -1: none. A secret that is rotated under its name has retired ones behind it.
        var next = -1
        var contexts: [MACContext?]
    }

    enum Candidates: Equatable {
        /// The token names a key that is not there, or there is no key without a name for it.
        case none
        case one(Int)
        /// All keys without a name.
        case unnamed
        /// A token that names no key may be by any; a bounded number is tried.
        case all
    }

    private var keys: [Key]
    private var names = ByteKeyTable()
    private let unnamed: [Int]
    /// The keys that are tried for a token that names none: those without a name first, a bounded number in all.
    private let unnamedFirst: [Int]

    /// How many keys are tried for a token that names none.
    static let maximumTrials = 16

    init(_ ring: KeyRing) {
        keys = ring.entries.map { entry in
            Key(
                entry: entry,
                algorithms: entry.key.algorithms.reduce(0) { $0 | $1.bit },
                retiresAt: entry.retiresAt?.seconds ?? .infinity,
                contexts: []
            )
        }
        unnamed = ring.entries.indices.filter { ring.entries[$0].key.keyID == nil }
        let named = ring.entries.indices.filter { ring.entries[$0].key.keyID != nil }
        unnamedFirst = Array((unnamed + named).prefix(Self.maximumTrials))
        for (index, entry) in ring.entries.enumerated() {
            guard let name = entry.key.keyID else { continue }
            // The ring lists the current keys first, so a retired one stands behind the current one of its name.
            guard let first = names.insert(owner: 0, Array(name.utf8), value: Int32(index)) else { continue }
            var last = Int(first)
            while keys[last].next >= 0 { last = keys[last].next }
            keys[last].next = index
        }
    }

    var isEmpty: Bool { keys.isEmpty }

    /// The keys for a token that names the key `keyID`. A name that no key has falls back to keys without names only,
    /// never to a key with another name.
    func candidates(keyID: Span<UInt8>) -> Candidates {
        if let index = names.find(owner: 0, keyID, in: 0..<keyID.count) { return .one(Int(index)) }
        return unnamed.isEmpty ? .none : .unnamed
    }

    /// Whether any of the candidates verifies the signature with `algorithm` at `now`, and which.
    func verify(
        _ candidates: Candidates,
        algorithm: SignatureAlgorithm,
        _ bytes: Span<UInt8>,
        input: Range<Int>,
        signature: Span<UInt8>,
        now: Timestamp
    ) -> Int? {
        switch candidates {
        case .none: return nil
        case .one(let first):
            var index = first
            while index >= 0 {
                if verify(index, algorithm, bytes, input, signature, now) { return index }
                index = keys[index].next
            }
            return nil
        case .unnamed:
            for index in unnamed.prefix(Self.maximumTrials)
            where verify(index, algorithm, bytes, input, signature, now) { return index }
            return nil
        case .all:
            for index in unnamedFirst
            where verify(index, algorithm, bytes, input, signature, now) { return index }
            return nil
        }
    }

    private func verify(
        _ index: Int,
        _ algorithm: SignatureAlgorithm,
        _ bytes: Span<UInt8>,
        _ input: Range<Int>,
        _ signature: Span<UInt8>,
        _ now: Timestamp
    ) -> Bool {
        guard keys[index].algorithms & algorithm.bit != 0, now.seconds < keys[index].retiresAt,
            let context = context(index, algorithm)
        else { return false }
        return context.verify(bytes, input: input, signature: signature)
    }

    private func context(_ index: Int, _ algorithm: SignatureAlgorithm) -> MACContext? {
        let slot = algorithm.position
        if keys[index].contexts.isEmpty {
            keys[index].contexts = Array(repeating: nil, count: SignatureAlgorithm.allCases.count)
        }
        if let context = keys[index].contexts[slot] { return context }
        guard case .secret(let secret) = keys[index].entry.key.material else { return nil }
        let context = MACContext(key: secret, algorithm: algorithm)
        keys[index].contexts[slot] = context
        return context
    }

    /// The key's name for an explanation.
    func name(_ index: Int) -> String {
        let entry = keys[index].entry
        let name = entry.key.keyID.map { "kid \"\($0)\"" } ?? "key \(index + 1) of the file"
        return entry.retiresAt == nil ? name : name + ", retired and within its overlap"
    }
}

extension SignatureAlgorithm {
    /// The algorithm's place in `allCases`.
    var position: Int {
        switch self {
        case .hs256: 0
        case .hs384: 1
        case .hs512: 2
        }
    }

    var bit: UInt8 { 1 << UInt8(position) }
}
