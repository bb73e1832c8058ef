/// Secrets that stand in public lists, test suites and examples: whoever attacks an issuer tries them first, and their
/// length says nothing. The program holds no secret's text, but the beginning of its SHA-256.
enum PublishedSecrets {
    /// The characters of base64url that are kept of a digest: 42 bits, so that a good secret of 32 random bytes looks
    /// published once in 10^9 times.
    private static let recordBytes = 7

    /// How many there are.
    static var count: Int { digests.utf8CodeUnitCount / recordBytes }

    /// Whether `secret`, byte for byte, is one of them.
    static func contains(_ secret: Span<UInt8>) -> Bool {
        let digest = SHA256.hash(secret)
        var record: [UInt8] = []
        Base64URL.encode(digest.span, to: &record)
        record.removeLast(record.count - recordBytes)
        // Safe: a static string's bytes live as long as the program, and all indices lie within whole records.
        let records = unsafe UnsafeBufferPointer(start: digests.utf8Start, count: digests.utf8CodeUnitCount)
        var lower = 0
        var upper = count
        while lower < upper {
            let middle = (lower + upper) / 2
            switch unsafe compare(records, middle * recordBytes, record) {
            case 0: return true
            case ..<0: lower = middle + 1
            default: upper = middle
            }
        }
        return false
    }

    /// Below zero where the record at `start` sorts before `record`.
    private static func compare(_ records: UnsafeBufferPointer<UInt8>, _ start: Int, _ record: [UInt8]) -> Int {
        for (offset, byte) in record.enumerated() {
            let difference = unsafe Int(records[start + offset]) - Int(byte)
            if difference != 0 { return difference }
        }
        return 0
    }
}
