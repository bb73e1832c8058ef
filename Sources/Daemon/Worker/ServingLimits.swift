package import HTTPWire

/// Bounds on what clients and upstreams may take. Times are in nanoseconds of the monotonic clock.
package struct ServingLimits: Sendable, Equatable {
    package var head = HeadLimits()
    /// How much of an ignored body is read at the decision endpoint before the connection is closed instead.
    package var bodyDrainBytes = 65_536
    /// Connections of all listeners together.
    package var connections = 10_000
    /// From the first byte of a head to its last.
    package var headerTimeout: Int64 = 5_000_000_000
    /// A keep-alive connection without a request.
    package var idleTimeout: Int64 = 60_000_000_000
    package var upstreamConnectTimeout: Int64 = 3_000_000_000
    /// From the whole request to the response head; and between two reads of a body, in either direction.
    package var upstreamResponseTimeout: Int64 = 30_000_000_000
    /// An unused upstream connection.
    package var upstreamIdleTimeout: Int64 = 60_000_000_000
    /// Upstream connections for each event loop and upstream.
    package var upstreamConnections = 256

    /// Verified tokens that each event loop remembers.
    package var rememberedTokens = 1024

    package init() {}
}
