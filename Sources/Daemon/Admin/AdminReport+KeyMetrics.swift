internal import Authorization
internal import Platform

extension AdminReport {
    /// How the issuers' keys stand; the label is the issuer's name in the configuration, never a kid.
    var keyMetrics: [MetricFamily] {
        var current = MetricFamily("authd_keys", .gauge, "Keys of the source that count.")
        var retired = MetricFamily("authd_keys_retired", .gauge, "Keys that left the source and are in their overlap.")
        var generation = MetricFamily("authd_key_generation", .gauge, "Rises with every change of the keys.")
        var age = MetricFamily("authd_key_age_seconds", .gauge, "Time since the current keys were taken up.")
        var healthy = MetricFamily("authd_key_source_healthy", .gauge, "0 while the last good keys are in use.")
        var reloads = MetricFamily("authd_key_reloads_total", .counter, "Readings of the key source by result.")
        var good = MetricFamily(
            "authd_key_source_age_seconds",
            .gauge,
            "Time since the key source was last found good."
        )
        var fetches = MetricFamily("authd_key_fetches_total", .counter, "Fetches from a key server that were begun.")
        for status in keys {
            let issuer = ("issuer", status.issuer)
            current.add([issuer], Double(status.current))
            retired.add([issuer], Double(status.retired))
            generation.add([issuer], Double(status.generation))
            if let change = status.lastChange {
                age.add([issuer], max(0, (now.fractionalSeconds - change.fractionalSeconds)))
            }
            if let success = status.lastSuccess {
                good.add([issuer], max(0, (now.fractionalSeconds - success.fractionalSeconds)))
            }
            for (cause, count) in status.remote?.fetches ?? [] {
                fetches.add([issuer, ("cause", cause)], Double(count))
            }
            healthy.add([issuer], status.health == .current ? 1 : 0)
            reloads.add([issuer, ("result", "loaded")], Double(status.reloads.loaded))
            reloads.add([issuer, ("result", "unchanged")], Double(status.reloads.unchanged))
            reloads.add([issuer, ("result", "failed")], Double(status.reloads.failed))
        }
        let remote = [fetches, waitMetrics].filter { !$0.samples.isEmpty }
        return [current, retired, generation, age, healthy, reloads, good] + remote
    }

    /// What became of requests whose key was unknown and may be had from a key server.
    private var waitMetrics: MetricFamily {
        var waits = MetricFamily("authd_key_waits_total", .counter, "Requests with an unknown key of a remote issuer.")
        let results: [(String, UInt64)] = [
            ("found", keyWaits.found), ("missing", keyWaits.missing), ("timed_out", keyWaits.timedOut),
            ("refused", keyWaits.refused),
        ]
        guard keys.contains(where: { $0.remote != nil }) else { return waits }
        for (result, count) in results { waits.add([("result", result)], Double(count)) }
        return waits
    }
}
