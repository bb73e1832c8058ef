/// Recognises names that may not stand in a trailer while the name goes by byte for byte.
///
/// RFC 9110 §6.5.1 keeps framing and connection control out of trailers. Here trailers are only dropped, but llhttp and
/// its like act on these, so a message that has one is two different messages.
struct FramingNameMatcher: Equatable, Sendable {
    private static let names: [[UInt8]] = [
        "content-length", "transfer-encoding", "connection", "proxy-connection", "upgrade",
    ].map { Array($0.utf8) }

    private var count = 0
    /// Bit n: the bytes so far are the beginning of name n.
    private var candidates: UInt8 = 0b1_1111

    init() {}

    /// Takes the next byte of the name.
    mutating func append(_ byte: UInt8) {
        if candidates != 0 {
            let folded = ASCII.lowercased(byte)
            for (index, name) in Self.names.enumerated() where count >= name.count || name[count] != folded {
                candidates &= ~(1 << UInt8(index))
            }
        }
        count += 1
    }

    /// Whether the name that went by is one of these.
    var isMatch: Bool {
        if candidates == 0 { return false }
        for (index, name) in Self.names.enumerated() where count == name.count {
            if candidates & (1 << UInt8(index)) != 0 { return true }
        }
        return false
    }
}
