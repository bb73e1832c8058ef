internal import COpenSSL

/// Whole numbers modulo a prime. Every function returns nil when libcrypto fails.
@safe
final class PrimeField {
    let prime: BigNumber
    private let context: OpaquePointer

    init?(_ prime: BigNumber?) {
        guard let prime, let context = unsafe BN_CTX_new() else { return nil }
        self.prime = prime
        unsafe self.context = context
    }

    deinit { unsafe BN_CTX_free(context) }

    func product(_ left: BigNumber, _ right: BigNumber) -> BigNumber? {
        guard let result = BigNumber() else { return nil }
        let isDone = unsafe BN_mod_mul(result.pointer, left.pointer, right.pointer, prime.pointer, context) == 1
        return isDone ? result : nil
    }

    func sum(_ left: BigNumber, _ right: BigNumber) -> BigNumber? {
        guard let result = BigNumber() else { return nil }
        let isDone = unsafe BN_mod_add(result.pointer, left.pointer, right.pointer, prime.pointer, context) == 1
        return isDone ? result : nil
    }

    func difference(_ left: BigNumber, _ right: BigNumber) -> BigNumber? {
        guard let result = BigNumber() else { return nil }
        let isDone = unsafe BN_mod_sub(result.pointer, left.pointer, right.pointer, prime.pointer, context) == 1
        return isDone ? result : nil
    }

    /// Whether a number has a square root; zero has.
    func isSquare(_ number: BigNumber) -> Bool? {
        switch unsafe BN_kronecker(number.pointer, prime.pointer, context) {
        case 0, 1: true
        case -1: false
        default: nil
        }
    }
}
