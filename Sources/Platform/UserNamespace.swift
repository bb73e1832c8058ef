/// Which users the kernel can name to this process. In a user namespace (PrivateUsers=yes, a rootless container) those
/// outside of its map all look like one, the overflow user.
package struct UserNamespace: Equatable, Sendable {
    private let ranges: [Range<UInt64>]

    /// Of /proc/self/uid_map: lines of first id inside, first id outside, count.
    package init(map: String) {
        ranges = map.split(separator: "\n").compactMap { line in
            let numbers = line.split(separator: " ").compactMap { UInt64($0) }
            guard numbers.count == 3 else { return nil }
            let (end, overflow) = numbers[0].addingReportingOverflow(numbers[2])
            return overflow ? nil : numbers[0]..<end
        }
    }

    /// Of this process; of one without a map, when /proc is not there, that knows every user.
    package static func current() -> UserNamespace {
        let read = try? SecureFile.read("/proc/self/uid_map", limit: 65_536, policy: .ordinary)
        let text = read?.withSpan { bytes in String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self) }
        return UserNamespace(map: text ?? "0 0 4294967295")
    }

    /// Whether a peer that looks like `uid` is that user and no other.
    package func canTell(_ uid: UInt32) -> Bool {
        guard ranges.contains(where: { $0.contains(UInt64(uid)) }) else { return false }
        return uid != Self.overflowUser || isWhole
    }

    /// Every id but the last, which is no user.
    private var isWhole: Bool { ranges.contains { $0.lowerBound == 0 && $0.upperBound >= UInt64(UInt32.max) } }

    /// /proc/sys/kernel/overflowuid, which nobody changes.
    private static let overflowUser: UInt32 = 65_534
}
