/// How long decisions take, in buckets as Prometheus counts them.
package struct LatencyHistogram: Sendable, Equatable {
    /// Upper bounds in nanoseconds; one more bucket holds what is above.
    package static let bounds: [UInt64] = [
        1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000, 25_000_000,
        100_000_000,
    ]

    /// Not cumulative; the last is the overflow.
    package private(set) var buckets = [UInt64](repeating: 0, count: bounds.count + 1)
    package private(set) var sumNanoseconds: UInt64 = 0
    package private(set) var count: UInt64 = 0

    package init() {}

    /// Takes a batch, whose decisions count with their mean.
    package mutating func observe(_ nanoseconds: UInt64, count batch: Int) {
        guard batch > 0 else { return }
        let each = nanoseconds / UInt64(batch)
        var index = 0
        while index < Self.bounds.count, each > Self.bounds[index] { index += 1 }
        buckets[index] &+= UInt64(batch)
        sumNanoseconds &+= nanoseconds
        count &+= UInt64(batch)
    }

    package mutating func add(_ other: LatencyHistogram) {
        for index in buckets.indices { buckets[index] &+= other.buckets[index] }
        sumNanoseconds &+= other.sumNanoseconds
        count &+= other.count
    }
}
