/// How long an answer says that it stays fresh (RFC 9111 §4.2): `max-age`, less the time that it has been in caches.
enum CacheLifetime {
    /// - Parameters:
    ///   - cacheControl: the values of all `Cache-Control` fields.
    ///   - age: the value of `Age`; nil where there is none.
    /// - Returns: whole seconds; 0 where nothing may be stored or everything must be asked for again; nil where the answer
    ///   says nothing that can be understood.
    static func seconds(cacheControl: [String], age: String?) -> Int64? {
        var result: Int64?
        for value in cacheControl {
            for directive in value.utf8.prefix(longest).split(separator: UInt8(ascii: ",")) {
                let parts = directive.split(separator: UInt8(ascii: "="), maxSplits: 1)
                guard let first = parts.first else { continue }
                let name = trimmed(first).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
                if name == Array("no-store".utf8) || name == Array("no-cache".utf8) { return 0 }
                guard name == Array("max-age".utf8), parts.count == 2, let seconds = number(trimmed(parts[1])) else {
                    continue
                }
                // Two that differ: the shorter one.
                result = min(result ?? seconds, seconds)
            }
        }
        guard let result else { return nil }
        let spent = age.flatMap { number(trimmed($0.utf8.prefix(longest))) } ?? 0
        return max(0, result - spent)
    }

    private static let longest = 1024

    private static func trimmed(_ text: some Sequence<UInt8>) -> [UInt8] {
        var bytes = Array(text.drop { $0 == 0x20 || $0 == 0x09 })
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        return bytes
    }

    /// Digits, quoted or not (RFC 9111 §5.2); more than a long time is a long time (§1.2.2).
    private static func number(_ text: [UInt8]) -> Int64? {
        var digits = text
        if digits.count >= 2, digits.first == UInt8(ascii: "\""), digits.last == UInt8(ascii: "\"") {
            digits = Array(digits.dropFirst().dropLast())
        }
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        var value: Int64 = 0
        for digit in digits where value < 1 << 31 { value = value * 10 + Int64(digit - 0x30) }
        return min(value, 1 << 31)
    }
}
