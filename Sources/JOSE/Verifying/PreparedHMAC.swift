internal import COpenSSL

/// HMAC (RFC 2104) with one key. The key's inner and outer block are hashed once; each message starts from copies of the
/// two states, so that a MAC costs no allocation and two compressions less than from the key.
@safe
final class PreparedHMAC<Hash: HashFunction> {
    /// Inner, outer and working state, in one piece of memory that self owns. As secret as the key, so it lies where keys do,
    /// or, where that is full, on the ordinary heap.
    private let states: UnsafeMutablePointer<Hash.State>
    /// Room for the longest digest; self owns it.
    private let digest: UnsafeMutablePointer<UInt8>

    private static var inner: Int { 0 }
    private static var outer: Int { 1 }
    private static var working: Int { 2 }
    private static var stateCount: Int { 3 }

    /// - Returns: nil when libcrypto fails.
    init?(key: Span<UInt8>) {
        let size = Self.stateCount * MemoryLayout<Hash.State>.stride
        // Safe: both give memory that is aligned for anything, of this size, which nobody else knows.
        guard let memory = unsafe CRYPTO_secure_malloc(size, nil, 0) ?? CRYPTO_malloc(size, nil, 0) else { return nil }
        unsafe states = memory.bindMemory(to: Hash.State.self, capacity: Self.stateCount)
        unsafe digest = .allocate(capacity: 64)
        unsafe digest.initialize(repeating: 0, count: 64)
        var block = [UInt8](repeating: 0, count: Hash.blockBytes)
        defer { block.wipe() }
        guard takeKey(key, into: &block), begin(Self.inner, block, pad: 0x36), begin(Self.outer, block, pad: 0x5C)
        else {
            return nil
        }
    }

    deinit {
        // Safe: it knows memory of the secure heap from other, and wipes both.
        unsafe CRYPTO_secure_clear_free(states, Self.stateCount * MemoryLayout<Hash.State>.stride, nil, 0)
        unsafe OPENSSL_cleanse(digest, 64)
        unsafe digest.deallocate()
    }

    /// A key longer than a block counts by its digest, a shorter one is filled up with zeros (RFC 2104 §2).
    private func takeKey(_ key: Span<UInt8>, into block: inout [UInt8]) -> Bool {
        guard key.count > Hash.blockBytes else {
            for index in 0..<key.count { block[index] = key[index] }
            return true
        }
        let state = unsafe states + Self.working
        let isHashed = unsafe key.withUnsafeBufferPointer { key -> Bool in
            guard let start = key.baseAddress else { return false }
            // Safe: `start` has `count` bytes, the digest has room.
            return unsafe Hash.begin(state) && Hash.update(state, start, key.count) && Hash.finish(state, digest)
        }
        for index in 0..<Hash.digestBytes { unsafe block[index] = digest[index] }
        return isHashed
    }

    private func begin(_ index: Int, _ block: [UInt8], pad: UInt8) -> Bool {
        var padded = block.map { $0 ^ pad }
        defer { padded.wipe() }
        let state = unsafe states + index
        return unsafe padded.withUnsafeBytes { bytes -> Bool in
            guard let start = bytes.baseAddress else { return false }
            return unsafe Hash.begin(state) && Hash.update(state, start, bytes.count)
        }
    }

    /// Whether `signature` is the MAC of `bytes[input]`: of full length, compared in constant time.
    func verify(_ bytes: Span<UInt8>, input: Range<Int>, signature: Span<UInt8>) -> Bool {
        guard signature.count == Hash.digestBytes, compute(bytes, input: input) else { return false }
        return unsafe signature.withUnsafeBufferPointer { signature -> Bool in
            guard let start = signature.baseAddress else { return false }
            // Safe: both sides hold `digestBytes` bytes, checked above.
            return unsafe CRYPTO_memcmp(start, digest, Hash.digestBytes) == 0
        }
    }

    /// The MAC of `bytes[input]`; nil when libcrypto fails.
    func sign(_ bytes: Span<UInt8>, input: Range<Int>) -> [UInt8]? {
        guard compute(bytes, input: input) else { return nil }
        return (0..<Hash.digestBytes).map { unsafe digest[$0] }
    }

    private func compute(_ bytes: Span<UInt8>, input: Range<Int>) -> Bool {
        guard input.lowerBound >= 0, input.upperBound <= bytes.count else { return false }
        let state = unsafe states + Self.working
        return unsafe bytes.withUnsafeBufferPointer { bytes -> Bool in
            guard let start = bytes.baseAddress else { return false }
            unsafe state.update(from: states + Self.inner, count: 1)
            // Safe: `input` lies within the bytes, checked above; the digest has room for its own length.
            guard unsafe Hash.update(state, start + input.lowerBound, input.count), unsafe Hash.finish(state, digest)
            else { return false }
            unsafe state.update(from: states + Self.outer, count: 1)
            return unsafe Hash.update(state, digest, Hash.digestBytes) && Hash.finish(state, digest)
        }
    }
}

/// One event loop's.
@available(*, unavailable)
extension PreparedHMAC: Sendable {}
