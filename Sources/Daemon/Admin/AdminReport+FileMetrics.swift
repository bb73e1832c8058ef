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

    /// How the certificates of the listeners stand.
    var certificateMetrics: [MetricFamily] {
        guard !certificates.isEmpty else { return [] }
        var ends = MetricFamily(
            "authd_certificate_expiry_timestamp_seconds",
            .gauge,
            "When a listener's certificate ends, in seconds since 1970."
        )
        var healthy = MetricFamily(
            "authd_certificate_healthy",
            .gauge,
            "0 while the last good certificate is in use."
        )
        var reloads = MetricFamily("authd_certificate_reloads_total", .counter, "Readings of certificates by result.")
        for certificate in certificates {
            let place = ("certificate", certificate.place)
            ends.add([place], Double(certificate.notAfter))
            healthy.add([place], certificate.lastError == nil ? 1 : 0)
            reloads.add([place, ("result", "loaded")], Double(certificate.loaded))
            reloads.add([place, ("result", "failed")], Double(certificate.failed))
        }
        return [ends, healthy, reloads]
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
