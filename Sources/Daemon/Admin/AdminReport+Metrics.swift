internal import Authorization
internal import Gateways
internal import Platform

extension AdminReport {
    /// All metrics. Labels come from closed lists and from the configuration, never from a request.
    var metrics: [MetricFamily] {
        [decisions, shadowDenials, decisionSeconds] + keyMetrics + revocationMetrics + assertionMetrics
            + certificateMetrics
            + [
                reloads,
                MetricFamily("authd_connections", .gauge, "Client connections that are open.", Double(connections)),
                MetricFamily(
                    "authd_log_records_dropped_total",
                    .counter,
                    "Log records that were lost because nobody read them.",
                    Double(droppedLogRecords)
                ),
                MetricFamily(
                    "authd_log_records_suppressed_total",
                    .counter,
                    "Decisions that were not logged because there were too many in a second.",
                    Double(suppressedLogRecords)
                ),
                MetricFamily("authd_ready", .gauge, "1 while the daemon can authorize.", status.code == 200 ? 1 : 0),
                build,
            ] + proxyMetrics + processMetrics
    }

    /// Series that are there from the start, so that a rate can be made of their first event.
    private static let basics: Set<Reason> = [.allowed, .tokenMissing, .signatureInvalid]

    private var decisions: MetricFamily {
        var family = MetricFamily("authd_decisions_total", .counter, "Decisions by door, outcome and reason.")
        for door in Door.allCases {
            for reason in Reason.allCases {
                let count = counters.decisions(door, reason)
                guard count > 0 || Self.basics.contains(reason) else { continue }
                family.add(
                    [
                        ("door", door.rawValue), ("decision", Decision(reason).outcome.rawValue),
                        ("reason", reason.rawValue),
                    ],
                    Double(count)
                )
            }
        }
        return family
    }

    private var shadowDenials: MetricFamily {
        var family = MetricFamily(
            "authd_shadow_denials_total",
            .counter,
            "Requests that a rule in shadow mode let through and would have denied."
        )
        for door in Door.allCases {
            for reason in Reason.allCases where counters.shadows(door, reason) > 0 {
                let count = counters.shadows(door, reason)
                family.add([("door", door.rawValue), ("reason", reason.rawValue)], Double(count))
            }
        }
        return family
    }

    private var decisionSeconds: MetricFamily {
        var family = MetricFamily("authd_decision_seconds", .histogram, "Time from a read request to its answer.")
        let latency = counters.latency
        var sum: UInt64 = 0
        for (bound, count) in zip(LatencyHistogram.bounds, latency.buckets) {
            sum &+= count
            let label = MetricsText.number(Double(bound) / 1e9)
            family.add(suffix: "_bucket", labels: "le=\"\(label)\"", Double(sum))
        }
        family.add(suffix: "_bucket", labels: "le=\"+Inf\"", Double(latency.count))
        family.add(suffix: "_sum", labels: "", Double(latency.sumNanoseconds) / 1e9)
        family.add(suffix: "_count", labels: "", Double(latency.count))
        return family
    }

    private var reloads: MetricFamily {
        var family = MetricFamily("authd_configuration_reloads_total", .counter, "Reloads of the configuration.")
        family.add([("result", "succeeded")], Double(readiness.reloadsSucceeded))
        family.add([("result", "failed")], Double(readiness.reloadsFailed))
        return family
    }

    private var build: MetricFamily {
        var family = MetricFamily("authd_build_info", .gauge, "The version that runs.")
        family.add([("version", version)], 1)
        return family
    }

    private var proxyMetrics: [MetricFamily] {
        var families: [MetricFamily] = []
        for sample in proxy {
            let index = families.firstIndex { $0.name == sample.name } ?? families.count
            if index == families.count {
                let kind: MetricFamily.Kind = sample.name.hasSuffix("_total") ? .counter : .gauge
                families.append(MetricFamily(sample.name, kind, "The built-in reverse proxy."))
            }
            families[index].add(suffix: "", labels: sample.labels, Double(sample.value))
        }
        return families
    }

    private var processMetrics: [MetricFamily] {
        let gauges: [(name: String, help: String, value: Double?)] = [
            ("process_resident_memory_bytes", "Memory in RAM.", resources.residentBytes.map(Double.init)),
            ("process_virtual_memory_bytes", "Address space.", resources.virtualBytes.map(Double.init)),
            ("process_threads", "Threads.", resources.threads.map(Double.init)),
            ("process_open_fds", "Open descriptors.", resources.openDescriptors.map(Double.init)),
            ("process_max_fds", "Limit of open descriptors.", resources.maximumDescriptors.map(Double.init)),
            ("process_start_time_seconds", "Start, in seconds since 1970.", resources.startSeconds),
        ]
        let cpu = MetricFamily("process_cpu_seconds_total", .counter, "User and system time.", resources.cpuSeconds)
        return [cpu] + gauges.filter { $0.value != nil }.map { MetricFamily($0.name, .gauge, $0.help, $0.value) }
    }
}
