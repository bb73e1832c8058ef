internal import COpenSSL

extension [UInt8] {
    /// Overwrites the bytes in a way that the optimiser keeps. Only for an array with one owner: a copy made before is
    /// not reached.
    package mutating func wipe() {
        unsafe withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            unsafe OPENSSL_cleanse(start, bytes.count)
        }
    }
}
