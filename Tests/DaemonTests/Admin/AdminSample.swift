import Authorization
import Gateways
import Platform

@testable import Daemon

/// A report with something in every place.
enum AdminSample {
    static func status(
        _ issuer: String = "main",
        health: KeyRotation.Health = .current,
        error: KeySourceFailure? = nil
    ) -> KeySourceStatus {
        var reloads = KeyReloadCounts()
        reloads.loaded = 2
        reloads.unchanged = 30
        reloads.failed = 4
        return KeySourceStatus(
            issuer: issuer,
            place: "/etc/authd/secrets/jwt",
            health: health,
            current: 2,
            retired: 1,
            generation: 5,
            lastSuccess: WallTime(seconds: 1_000_090),
            lastChange: WallTime(seconds: 1_000_000),
            lastError: error,
            reloads: reloads
        )
    }

    static func report(
        phase: Readiness.Phase = .serving,
        configurationError: String? = nil,
        keys: [KeySourceStatus] = [status()],
        rules: [Rule] = [],
        revocations: RevocationStatus? = nil,
        assertion: AssertionStatus? = nil
    ) -> AdminReport {
        var readiness = Readiness()
        readiness.phase = phase
        readiness.configurationError = configurationError
        readiness.reloadsSucceeded = 3
        readiness.reloadsFailed = 1
        var counters = DecisionCounters()
        counters.count(Decision(.allowed, rule: 0), at: .nginx)
        counters.count(Decision(.allowed, rule: 0, shadowReason: .tokenExpired), at: .proxy)
        counters.count(Decision(.keysUnavailable), at: .envoy)
        counters.observe(nanoseconds: 3_000, count: 2)
        counters.observe(nanoseconds: 900_000_000, count: 1)
        return AdminReport(
            version: "1.2.3",
            readiness: readiness,
            keys: keys,
            revocations: revocations,
            assertion: assertion,
            policy: Policy(issuers: [], rules: rules),
            generation: 7,
            counters: counters,
            connections: 12,
            droppedLogRecords: 6,
            suppressedLogRecords: 8,
            resources: ResourceUsage.now(),
            now: WallTime(seconds: 1_000_100),
            proxy: [
                ("authd_proxy_responses_total", #"from="upstream",status="2xx""#, 10),
                ("authd_proxy_active_requests", "", 1),
                ("authd_proxy_responses_total", #"from="authd",status="4xx""#, 3),
            ]
        )
    }
}
