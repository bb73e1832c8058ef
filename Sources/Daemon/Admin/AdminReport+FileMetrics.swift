extension AdminReport {
    /// How the list of revocations stands.
    var revocationMetrics: [MetricFamily] {
        guard let revocations else { return [] }
        var reloads = MetricFamily("authd_revocation_reloads_total", .counter, "Readings of the list by result.")
        reloads.add([("result", "loaded")], Double(revocations.loaded))
        reloads.add([("result", "failed")], Double(revocations.failed))
        let isHealthy = revocations.lastError == nil
        return [
            MetricFamily("authd_revocations", .gauge, "Revocations that count.", Double(revocations.entries)),
            MetricFamily(
                "authd_revocations_healthy",
                .gauge,
                "0 while the last good list is in use.",
                isHealthy ? 1 : 0
            ),
            reloads,
        ]
    }

    /// How the key that signs assertions stands, and what it signed.
    var assertionMetrics: [MetricFamily] {
        guard let assertion else { return [] }
        var reloads = MetricFamily("authd_assertion_key_reloads_total", .counter, "Readings of the key by result.")
        reloads.add([("result", "loaded")], Double(assertion.loaded))
        reloads.add([("result", "failed")], Double(assertion.failed))
        var made = MetricFamily("authd_assertions_total", .counter, "Assertions to upstreams by how they came about.")
        made.add([("result", "signed")], Double(assertionCounts.signed))
        made.add([("result", "reused")], Double(assertionCounts.reused))
        made.add([("result", "failed")], Double(assertionCounts.failed))
        let isHealthy = assertion.lastError == nil
        return [
            MetricFamily(
                "authd_assertion_key_healthy",
                .gauge,
                "0 while the last good key is in use.",
                isHealthy ? 1 : 0
            ),
            reloads, made,
        ]
    }
}
