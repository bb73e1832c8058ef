/// An IP address in text: what the kernel will be told, for comparing and for telling loopback from the rest.
struct IPAddress: Hashable {
    /// 4 or 16 bytes. An IPv4 address that is mapped into IPv6 (RFC 4291 §2.5.5.2) is the IPv4 address.
    let bytes: [UInt8]

    var isIPv4: Bool { bytes.count == 4 }
    var isUnspecified: Bool { bytes.allSatisfy { $0 == 0 } }

    /// 127.0.0.0/8 (RFC 1122 §3.2.1.3) and ::1 (RFC 4291 §2.5.3).
    var isLoopback: Bool {
        if isIPv4 { return bytes.first == 127 }
        return bytes.last == 1 && bytes.dropLast().allSatisfy { $0 == 0 }
    }

    /// Four decimal numbers without leading zeros, which some readers take for octal (RFC 6943 §3.1.1).
    init?(ipv4 text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard part.isDigits, part.utf8.count <= 3, part.utf8.count == 1 || part.first != "0",
                let byte = UInt8(part)
            else { return nil }
            bytes.append(byte)
        }
        self.bytes = bytes
    }

    /// RFC 4291 §2.2, without a zone.
    init?(ipv6 text: some StringProtocol) {
        var head: [UInt8] = []
        var tail: [UInt8] = []
        guard let gap = Self.gap(in: text) else {
            guard Self.groups(text, into: &head), head.count == 16 else { return nil }
            self.init(sixteen: head)
            return
        }
        guard gap.left.isEmpty || Self.groups(gap.left, into: &head, mayEndInIPv4: false),
            gap.right.isEmpty || Self.groups(gap.right, into: &tail), head.count + tail.count <= 14
        else { return nil }
        self.init(sixteen: head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail)
    }

    private init(sixteen bytes: [UInt8]) {
        let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
        self.bytes = isMapped ? Array(bytes.suffix(4)) : bytes
    }

    /// What stands before and after the first `::`.
    private static func gap<Text: StringProtocol>(
        in text: Text
    ) -> (left: Text.SubSequence, right: Text.SubSequence)? {
        var index = text.startIndex
        while index < text.endIndex {
            let next = text.index(after: index)
            if text[index] == ":", next < text.endIndex, text[next] == ":" {
                return (text[..<index], text[text.index(after: next)...])
            }
            index = next
        }
        return nil
    }

    /// Appends the bytes of groups with colons between them, the last of which may be an IPv4 address.
    private static func groups(
        _ text: some StringProtocol,
        into bytes: inout [UInt8],
        mayEndInIPv4: Bool = true
    ) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if mayEndInIPv4, index == parts.count - 1, part.contains("."), let tail = IPAddress(ipv4: part) {
                bytes += tail.bytes
                continue
            }
            guard !part.isEmpty, part.utf8.count <= 4, part.utf8.first != UInt8(ascii: "+"),
                let value = UInt16(part, radix: 16)
            else { return false }
            bytes += [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
        }
        return bytes.count <= 16
    }
}
