package import Authorization
package import Platform

/// Everything that the admin endpoint tells, at one moment. Pages are made from it and from nothing else.
package struct AdminReport: Sendable {
    package var version: String
    package var readiness: Readiness
    /// One for each issuer, in the policy's order.
    package var keys: [KeySourceStatus]
    package var policy: Policy
    /// Of the state that decisions are made in.
    package var generation: UInt64
    /// Of all event loops together.
    package var counters: DecisionCounters
    package var connections: Int
    package var droppedLogRecords: UInt64
    package var suppressedLogRecords: UInt64
    package var resources: ResourceUsage
    package var now: WallTime
    /// Samples of the proxy: name, labels as Prometheus writes them (empty: none), value. A name that ends in `_total`
    /// only rises.
    package var proxy: [(name: String, labels: String, value: UInt64)]

    package init(
        version: String,
        readiness: Readiness,
        keys: [KeySourceStatus],
        policy: Policy,
        generation: UInt64,
        counters: DecisionCounters,
        connections: Int,
        droppedLogRecords: UInt64,
        suppressedLogRecords: UInt64,
        resources: ResourceUsage,
        now: WallTime,
        proxy: [(name: String, labels: String, value: UInt64)] = []
    ) {
        self.version = version
        self.readiness = readiness
        self.keys = keys
        self.policy = policy
        self.generation = generation
        self.counters = counters
        self.connections = connections
        self.droppedLogRecords = droppedLogRecords
        self.suppressedLogRecords = suppressedLogRecords
        self.resources = resources
        self.now = now
        self.proxy = proxy
    }
}
