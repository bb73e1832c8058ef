/// How much of everything. The longest token is part of the policy.
package struct LimitSettings: Sendable, Equatable {
    /// The longest request head in bytes.
    package var headBytes = 16_384
    /// The most field lines of a request head.
    package var fields = 100
    /// Client connections at one time, all listeners together.
    package var connections = 10_000
    /// How much of a request's body the decision endpoint reads and drops before it closes, in bytes.
    package var bodyDrainBytes = 65_536
    /// From a request's first byte to the end of its head.
    package var headerTimeout = Duration.seconds(5)
    /// Between two requests of a connection.
    package var idleTimeout = Duration.seconds(60)
    /// From SIGTERM until connections that are still open are closed.
    package var drainTimeout = Duration.seconds(10)
    package var upstreamConnectTimeout = Duration.seconds(3)
    /// From the end of a request until the head of the upstream's response.
    package var upstreamResponseTimeout = Duration.seconds(30)
    /// How long an unused upstream connection is kept.
    package var upstreamIdleTimeout = Duration.seconds(60)
    /// Connections for each event loop and upstream.
    package var upstreamConnections = 256
    /// Verified tokens that each event loop remembers, so that a repeated one costs no public-key signature.
    package var rememberedTokens = 1024

    package init() {}
}
