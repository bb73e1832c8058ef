/// Verifies the signatures of one key under one algorithm, everything that does not depend on the message done once.
/// A verifier belongs to one event loop.
package final class SignatureVerifier {
    private enum Way {
        case mac(MACContext)
        case rsa(RSAVerifier)
        case ecdsa(ECDSAVerifier)
        case edwards(EdwardsVerifier)
    }

    private let way: Way

    /// - Returns: nil for an algorithm that the key is not bound to, and when libcrypto fails.
    package init?(_ key: VerificationKey, algorithm: SignatureAlgorithm) {
        guard key.algorithms.contains(algorithm) else { return nil }
        let way: Way? =
            switch key.material {
            case .secret(let secret): MACContext(key: secret, algorithm: algorithm).map { .mac($0) }
            case .publicKey(let key): Self.way(key, algorithm)
            }
        guard let way else { return nil }
        self.way = way
    }

    private static func way(_ key: PublicKey, _ algorithm: SignatureAlgorithm) -> Way? {
        guard key.algorithms.contains(algorithm) else { return nil }
        return switch algorithm.family {
        case .hmac: nil
        case .rsa: RSAVerifier(key, algorithm).map { .rsa($0) }
        case .ecdsa: ECDSAVerifier(key, algorithm).map { .ecdsa($0) }
        case .edwards: EdwardsVerifier(key).map { .edwards($0) }
        }
    }

    /// Whether `signature` is the key's over `bytes[input]`; false for every other length than the key's own.
    package func verify(_ bytes: Span<UInt8>, input: Range<Int>, signature: Span<UInt8>) -> Bool {
        guard input.lowerBound >= 0, input.upperBound <= bytes.count else { return false }
        return switch way {
        case .mac(let context): context.verify(bytes, input: input, signature: signature)
        case .rsa(let verifier): verifier.verify(bytes.extracting(input), signature)
        case .ecdsa(let verifier): verifier.verify(bytes.extracting(input), signature)
        case .edwards(let verifier): verifier.verify(bytes.extracting(input), signature)
        }
    }
}

/// One event loop's.
@available(*, unavailable)
extension SignatureVerifier: Sendable {}
