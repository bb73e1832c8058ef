/// What an RSA public key must be (RFC 7518 §3.3, §3.5; RFC 8017 §3.1).
enum RSAModulus {
    /// The lengths that are taken, in bits. Longer ones cost too much time for each token.
    static let bits = 2048...8192
    /// The longest exponent, in bits; the time that a signature takes grows with it.
    static let exponentBits = 32

    /// Why a key is refused; nil where it is a good one.
    static func refusal(_ key: KeyHandle) -> String? {
        guard let modulus = key.number("n"), let exponent = key.number("e") else { return "it cannot be checked" }
        guard modulus.bitCount >= bits.lowerBound else {
            return "an RSA key of \(modulus.bitCount) bits, but at least \(bits.lowerBound) are needed (RFC 7518 §3.3)"
        }
        guard modulus.bitCount <= bits.upperBound else {
            return "an RSA key of \(modulus.bitCount) bits, but at most \(bits.upperBound) are taken"
        }
        guard exponent.isOdd, !exponent.isOne, exponent.bitCount <= exponentBits else {
            return "its exponent is not an odd number from 3 to 2^\(exponentBits)"
        }
        guard let isROCA = isFromROCA(modulus) else { return "it cannot be checked" }
        guard !isROCA else {
            return "a modulus that a faulty chip made and that can be factored (CVE-2017-15361); make a new key"
        }
        guard key.isPublicPartSound else { return "its modulus is not the product of two large primes" }
        return nil
    }

    /// Primes whose remainders tell the moduli of CVE-2017-15361: those are powers of 65537 modulo each of them, which
    /// others are for all of them once in 2^27 times.
    private static let tellingPrimes: [UInt] = [
        11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157,
    ]

    /// Whether `modulus` has the mark of that fault; nil when libcrypto fails.
    private static func isFromROCA(_ modulus: BigNumber) -> Bool? {
        for prime in tellingPrimes {
            guard let rest = modulus.remainder(prime) else { return nil }
            var power: UInt = 1
            // The powers come round to 1 again after fewer steps than the prime has.
            repeat { power = power * 65_537 % prime } while power != rest && power != 1
            if power != rest { return false }
        }
        return true
    }
}
