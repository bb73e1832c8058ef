internal import COpenSSL

/// A number of libcrypto's, for the few computations that checking a public key takes. Not for secrets.
@safe
final class BigNumber {
    let pointer: OpaquePointer

    /// - Parameter pointer: a `BIGNUM`, taken over; nil, as libcrypto returns for a failure, is none.
    init?(taking pointer: OpaquePointer?) {
        guard let pointer = unsafe pointer else { return nil }
        unsafe self.pointer = pointer
    }

    convenience init?() { unsafe self.init(taking: BN_new()) }

    /// - Parameter bytes: the number, its least significant byte first; at most 64 bytes.
    convenience init?(littleEndian bytes: [UInt8]) {
        guard bytes.count <= 64 else { return nil }
        // Safe: the array is lent for the call, which reads `count` bytes of it.
        unsafe self.init(taking: BN_lebin2bn(bytes, Int32(bytes.count), nil))
    }

    convenience init?(_ word: UInt) {
        self.init()
        guard unsafe BN_set_word(pointer, word) == 1 else { return nil }
    }

    deinit { unsafe BN_free(pointer) }

    var bitCount: Int { unsafe Int(BN_num_bits(pointer)) }
    var isOdd: Bool { unsafe BN_is_odd(pointer) == 1 }
    var isZero: Bool { unsafe BN_is_zero(pointer) == 1 }
    var isOne: Bool { unsafe BN_is_one(pointer) == 1 }

    static func < (left: BigNumber, right: BigNumber) -> Bool { unsafe BN_cmp(left.pointer, right.pointer) < 0 }

    /// The rest of a division by `divisor`, which is above zero and below 2^32; nil when libcrypto fails.
    func remainder(_ divisor: UInt) -> UInt? {
        let rest = unsafe BN_mod_word(pointer, divisor)
        return rest < divisor ? rest : nil
    }
}
