internal import Authorization

/// Host values and the hosts that rules name.
package final class HostTarget: FuzzTarget {
    private var used: [UInt8] = []

    package init() {}

    package func check(_ input: Span<UInt8>) throws(Violation) {
        var host: [UInt8] = []
        let isHost = CanonicalHost.write(input, in: 0..<input.count, to: &host)
        let around = Array("a.".utf8) + input.array + Array(":1".utf8)
        let isInnerHost = CanonicalHost.write(around.span, in: 2..<(2 + input.count), to: &used)
        try require(isInnerHost == isHost && (!isHost || used == host), "bytes around a host do not matter")
        if isHost { try checkCanonical(host) }
        try checkPattern(String(decoding: input.array, as: UTF8.self))
    }

    private func checkCanonical(_ host: [UInt8]) throws(Violation) {
        try require(!host.isEmpty && host.count <= 255, "a canonical host has 1 to 255 bytes")
        let isPlain = host.allSatisfy { $0 > 0x20 && $0 < 0x7F && !(0x41...0x5A).contains($0) }
        try require(isPlain, "a canonical host is lower-case ASCII")
        for spelling in [host, host + Array(":8443".utf8), host.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }]
        where spelling.count <= 255 {
            let isHost = CanonicalHost.write(spelling.span, in: 0..<spelling.count, to: &used)
            try require(isHost && used == host, "every spelling of a canonical host is the same host")
        }
        try require(HostPattern(String(decoding: host, as: UTF8.self)) != nil, "a canonical host is a pattern")
    }

    private func checkPattern(_ text: String) throws(Violation) {
        guard let pattern = HostPattern(text) else { return }
        try require(HostPattern(pattern.text) == pattern, "a pattern written down is the same pattern")
    }
}
