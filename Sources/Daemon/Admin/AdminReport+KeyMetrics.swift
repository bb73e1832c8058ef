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
        for status in keys {
            let issuer = ("issuer", status.issuer)
            current.add([issuer], Double(status.current))
            retired.add([issuer], Double(status.retired))
            generation.add([issuer], Double(status.generation))
            if let change = status.lastChange {
                age.add([issuer], max(0, (now.fractionalSeconds - change.fractionalSeconds)))
            }
            healthy.add([issuer], status.health == .current ? 1 : 0)
            reloads.add([issuer, ("result", "loaded")], Double(status.reloads.loaded))
            reloads.add([issuer, ("result", "unchanged")], Double(status.reloads.unchanged))
            reloads.add([issuer, ("result", "failed")], Double(status.reloads.failed))
        }
        return [current, retired, generation, age, healthy, reloads]
    }
}
