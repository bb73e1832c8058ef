package import Authorization
package import Platform

/// Everything that the admin endpoint tells, at one moment. Pages are made from it and from nothing else.
package struct AdminReport: Sendable {
    package var version: String
    package var readiness: Readiness
    /// One for each issuer, in the policy's order.
    package var keys: [KeySourceStatus]
    /// nil where no list of revocations is configured.
    package var revocations: RevocationStatus?
    /// nil where nothing is asserted to upstreams.
    package var assertion: AssertionStatus?
    /// Of all event loops together.
    package var assertionCounts: AssertionCounts
    /// Of the listeners that speak TLS.
    package var certificates: [ListenerCertificateStatus]
    package var policy: Policy
    /// Of the state that decisions are made in.
    package var generation: UInt64
    /// Of all event loops together.
    package var counters: DecisionCounters
    /// Of all event loops together.
    package var keyWaits: KeyWaitCounters
    package var connections: Int
    package var droppedLogRecords: UInt64
    package var suppressedLogRecords: UInt64
    package var resources: ResourceUsage
    package var now: WallTime
    /// Samples of the proxy: name, labels as Prometheus writes them (empty: none), value. A name that ends in `_total`
    /// only rises.
    package var proxy: [(name: String, labels: String, value: UInt64)]
    /// What the process has taken from itself, in one line; empty: nothing is known.
    package var hardening: String

    package init(
        version: String,
        readiness: Readiness,
        keys: [KeySourceStatus],
        revocations: RevocationStatus? = nil,
        assertion: AssertionStatus? = nil,
        assertionCounts: AssertionCounts = AssertionCounts(),
        certificates: [ListenerCertificateStatus] = [],
        policy: Policy,
        generation: UInt64,
        counters: DecisionCounters,
        connections: Int,
        droppedLogRecords: UInt64,
        suppressedLogRecords: UInt64,
        resources: ResourceUsage,
        now: WallTime,
        proxy: [(name: String, labels: String, value: UInt64)] = [],
        keyWaits: KeyWaitCounters = KeyWaitCounters(),
        hardening: String = ""
    ) {
        self.version = version
        self.readiness = readiness
        self.keys = keys
        self.revocations = revocations
        self.assertion = assertion
        self.assertionCounts = assertionCounts
        self.certificates = certificates
        self.policy = policy
        self.generation = generation
        self.counters = counters
        self.connections = connections
        self.droppedLogRecords = droppedLogRecords
        self.suppressedLogRecords = suppressedLogRecords
        self.resources = resources
        self.now = now
        self.proxy = proxy
        self.keyWaits = keyWaits
        self.hardening = hardening
    }
}
