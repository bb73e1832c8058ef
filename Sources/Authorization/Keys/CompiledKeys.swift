internal import JOSE

/// One issuer's key ring as an event loop uses it: verifiers made on first use, names in a hash table.
final class CompiledKeys {
    private struct Key {
        let entry: KeyRing.Entry
        /// Bit n: the n-th algorithm of `SignatureAlgorithm.allCases`.
        let algorithms: UInt16
        let retiresAt: Double
        /// The next key with the same name, -1: none. A secret that is rotated under its name has retired ones behind it.
        var next = -1
        var verifiers: [SignatureVerifier?]
    }

    enum Candidates: Equatable {
        /// The token names a key that is not there.
        case none
        case one(Int)
        /// A token that names no key may be by any; a bounded number is tried.
        case all
    }

    private var keys: [Key]
    private var names = ByteKeyTable()
    private let hasNames: Bool
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
                verifiers: []
            )
        }
        let unnamed = ring.entries.indices.filter { ring.entries[$0].key.keyID == nil }
        let named = ring.entries.indices.filter { ring.entries[$0].key.keyID != nil }
        hasNames = !named.isEmpty
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

    /// The keys for a token that names the key `keyID`. A name that no key has is by nobody; only where no key at all has
    /// a name, as in a text of secrets or a PEM file, does a token's name select nothing.
    func candidates(keyID: Span<UInt8>) -> Candidates {
        if let index = names.find(owner: 0, keyID, in: 0..<keyID.count) { return .one(Int(index)) }
        return hasNames ? .none : .all
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
        case .all:
            for index in unnamedFirst
            where verify(index, algorithm, bytes, input, signature, now) { return index }
            return nil
        }
    }

    /// Whether the key verifies the signature with `algorithm` at `now`.
    func verify(
        _ index: Int,
        _ algorithm: SignatureAlgorithm,
        _ bytes: Span<UInt8>,
        _ input: Range<Int>,
        _ signature: Span<UInt8>,
        _ now: Timestamp
    ) -> Bool {
        guard keys[index].algorithms & algorithm.bit != 0, counts(index, now),
            let verifier = verifier(index, algorithm)
        else { return false }
        return verifier.verify(bytes, input: input, signature: signature)
    }

    /// Whether the key still counts at `now`.
    func counts(_ index: Int, _ now: Timestamp) -> Bool { now.seconds < keys[index].retiresAt }

    private func verifier(_ index: Int, _ algorithm: SignatureAlgorithm) -> SignatureVerifier? {
        let slot = algorithm.position
        if keys[index].verifiers.isEmpty {
            keys[index].verifiers = Array(repeating: nil, count: SignatureAlgorithm.allCases.count)
        }
        if let verifier = keys[index].verifiers[slot] { return verifier }
        let verifier = SignatureVerifier(keys[index].entry.key, algorithm: algorithm)
        keys[index].verifiers[slot] = verifier
        return verifier
    }

    /// How the candidates were found, for an explanation: nothing of the token but whether it names a key.
    func choice(_ candidates: Candidates, _ token: ParsedToken) -> String {
        switch candidates {
        case .none: return "none of \(keys.count) keys has the token's kid"
        case .one: return "the token's kid names it"
        case .all:
            let cause = token.facts.keyID < 0 ? "the token has no kid" : "no key has a kid"
            return "\(cause), so \(unnamedFirst.count) of \(keys.count) may be tried"
        }
    }

    /// The key's name for an explanation.
    func name(_ index: Int) -> String {
        let entry = keys[index].entry
        let name = entry.key.keyID.map { "kid \"\($0)\"" } ?? "key \(index + 1) of the file"
        return entry.retiresAt == nil ? name : name + ", retired and within its overlap"
    }
}

extension SignatureAlgorithm {
    /// Its bit in a set of algorithms.
    var bit: UInt16 { 1 << UInt16(position) }
}
