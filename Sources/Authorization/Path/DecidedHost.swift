/// The host of the request that is being decided. Nearly every request of a gateway names the same one, so the canonical
/// form of the last is kept.
struct DecidedHost {
    /// Empty: the request has none.
    var canonical: [UInt8] { isDecided ? known : [] }

    /// The last host in canonical form, and as it came.
    private var known: [UInt8] = []
    private var raw: [UInt8] = []
    private var isDecided = false

    /// The next request has no host yet.
    mutating func forget() { isDecided = false }

    /// - Returns: false where `bytes`, a Host value, is no host; then there is none.
    mutating func decide(on bytes: Span<UInt8>) -> Bool {
        let raw = self.raw
        if !raw.isEmpty, raw.span.isEqual(to: bytes) {
            isDecided = true
            return true
        }
        self.raw.removeAll(keepingCapacity: true)
        isDecided = CanonicalHost.write(bytes, in: 0..<bytes.count, to: &known)
        if isDecided { bytes.append(to: &self.raw) }
        return isDecided
    }
}
