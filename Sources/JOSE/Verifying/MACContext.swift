/// HMAC with one key and one of the hashes of RFC 7518 §3.2, the key's part done once. A context belongs to one event loop.
package final class MACContext {
    private enum Prepared {
        case hs256(PreparedHMAC<SHA256>)
        case hs384(PreparedHMAC<SHA384>)
        case hs512(PreparedHMAC<SHA512>)
    }

    private let prepared: Prepared

    /// - Returns: nil for an algorithm that is not HMAC, and when libcrypto fails.
    package init?(key: SecretKeyBytes, algorithm: SignatureAlgorithm) {
        let made: Prepared? = key.withBytes { key in
            switch algorithm {
            case .hs256: PreparedHMAC<SHA256>(key: key).map { .hs256($0) }
            case .hs384: PreparedHMAC<SHA384>(key: key).map { .hs384($0) }
            case .hs512: PreparedHMAC<SHA512>(key: key).map { .hs512($0) }
            default: nil
            }
        }
        guard let made else { return nil }
        prepared = made
    }

    /// Whether `signature` is the MAC of `bytes[input]`: full length only, compared in constant time.
    package func verify(_ bytes: Span<UInt8>, input: Range<Int>, signature: Span<UInt8>) -> Bool {
        switch prepared {
        case .hs256(let hmac): hmac.verify(bytes, input: input, signature: signature)
        case .hs384(let hmac): hmac.verify(bytes, input: input, signature: signature)
        case .hs512(let hmac): hmac.verify(bytes, input: input, signature: signature)
        }
    }

    /// The MAC of `bytes[input]`; nil when libcrypto fails.
    package func sign(_ bytes: Span<UInt8>, input: Range<Int>) -> [UInt8]? {
        switch prepared {
        case .hs256(let hmac): hmac.sign(bytes, input: input)
        case .hs384(let hmac): hmac.sign(bytes, input: input)
        case .hs512(let hmac): hmac.sign(bytes, input: input)
        }
    }
}

/// One event loop's.
@available(*, unavailable)
extension MACContext: Sendable {}
