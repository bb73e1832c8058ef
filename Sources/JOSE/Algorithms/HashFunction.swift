internal import COpenSSL

/// A hash of FIPS 180-4 as libcrypto does it on a state of the caller's, which a plain assignment copies.
protocol HashFunction {
    associatedtype State
    static var blockBytes: Int { get }
    static var digestBytes: Int { get }
    static func begin(_ state: UnsafeMutablePointer<State>) -> Bool
    static func update(_ state: UnsafeMutablePointer<State>, _ bytes: UnsafeRawPointer, _ count: Int) -> Bool
    static func finish(_ state: UnsafeMutablePointer<State>, _ digest: UnsafeMutablePointer<UInt8>) -> Bool
}

enum SHA256: HashFunction {
    static let blockBytes = 64
    static let digestBytes = 32
    static func begin(_ state: UnsafeMutablePointer<SHA256_CTX>) -> Bool { unsafe SHA256_Init(state) == 1 }
    static func update(_ state: UnsafeMutablePointer<SHA256_CTX>, _ bytes: UnsafeRawPointer, _ count: Int) -> Bool {
        unsafe SHA256_Update(state, bytes, count) == 1
    }
    static func finish(_ state: UnsafeMutablePointer<SHA256_CTX>, _ digest: UnsafeMutablePointer<UInt8>) -> Bool {
        unsafe SHA256_Final(digest, state) == 1
    }
}

enum SHA384: HashFunction {
    static let blockBytes = 128
    static let digestBytes = 48
    static func begin(_ state: UnsafeMutablePointer<SHA512_CTX>) -> Bool { unsafe SHA384_Init(state) == 1 }
    static func update(_ state: UnsafeMutablePointer<SHA512_CTX>, _ bytes: UnsafeRawPointer, _ count: Int) -> Bool {
        unsafe SHA384_Update(state, bytes, count) == 1
    }
    static func finish(_ state: UnsafeMutablePointer<SHA512_CTX>, _ digest: UnsafeMutablePointer<UInt8>) -> Bool {
        unsafe SHA384_Final(digest, state) == 1
    }
}

enum SHA512: HashFunction {
    static let blockBytes = 128
    static let digestBytes = 64
    static func begin(_ state: UnsafeMutablePointer<SHA512_CTX>) -> Bool { unsafe SHA512_Init(state) == 1 }
    static func update(_ state: UnsafeMutablePointer<SHA512_CTX>, _ bytes: UnsafeRawPointer, _ count: Int) -> Bool {
        unsafe SHA512_Update(state, bytes, count) == 1
    }
    static func finish(_ state: UnsafeMutablePointer<SHA512_CTX>, _ digest: UnsafeMutablePointer<UInt8>) -> Bool {
        unsafe SHA512_Final(digest, state) == 1
    }
}

extension SHA256 {
    /// The hash of `bytes` in new memory.
    static func hash(_ bytes: Span<UInt8>) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: digestBytes)
        unsafe bytes.withUnsafeBufferPointer { bytes in
            // Safe: the array has room for the digest; the bytes are lent for the call.
            _ = unsafe COpenSSL.SHA256(bytes.baseAddress, bytes.count, &digest)
        }
        return digest
    }
}
