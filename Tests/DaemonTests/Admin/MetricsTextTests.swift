import Authorization
import Gateways
import TestSupport
import Testing

@testable import Daemon

/// The metrics, read back by a strict reader of the format.
@Suite struct MetricsTextTests {
    private func read(_ report: AdminReport = AdminSample.report()) throws -> ExpositionReader {
        try ExpositionReader(String(decoding: MetricsText.render(report.metrics), as: UTF8.self))
    }

    @Test func every_series_of_the_contract_is_there_with_its_value() throws {
        let metrics = try read()
        #expect(metrics["authd_decisions_total", ["door": "nginx", "decision": "allow", "reason": "allowed"]] == 1)
        let failed = ["door": "envoy", "decision": "error", "reason": "keys_unavailable"]
        #expect(metrics["authd_decisions_total", failed] == 1)
        #expect(metrics["authd_shadow_denials_total", ["door": "proxy", "reason": "token_expired"]] == 1)
        #expect(metrics["authd_keys", ["issuer": "main"]] == 2)
        #expect(metrics["authd_keys_retired", ["issuer": "main"]] == 1)
        #expect(metrics["authd_key_reloads_total", ["issuer": "main", "result": "loaded"]] == 2)
        #expect(metrics["authd_key_reloads_total", ["issuer": "main", "result": "unchanged"]] == 30)
        #expect(metrics["authd_key_reloads_total", ["issuer": "main", "result": "failed"]] == 4)
        #expect(metrics["authd_key_age_seconds", ["issuer": "main"]] == 100)
        #expect(metrics["authd_configuration_reloads_total", ["result": "succeeded"]] == 3)
        #expect(metrics["authd_configuration_reloads_total", ["result": "failed"]] == 1)
        #expect(metrics["authd_connections"] == 12)
        #expect(metrics["authd_log_records_dropped_total"] == 6)
        #expect(metrics["authd_log_records_suppressed_total"] == 8)
        #expect(metrics["authd_build_info", ["version": "1.2.3"]] == 1)
        #expect(metrics["authd_proxy_responses_total", ["from": "upstream", "status": "2xx"]] == 10)
        #expect(metrics["authd_proxy_responses_total", ["from": "authd", "status": "4xx"]] == 3)
        #expect(metrics.types["authd_proxy_responses_total"] == "counter")
        #expect(metrics.types["authd_proxy_active_requests"] == "gauge")
    }

    @Test func the_histogram_is_cumulative_and_agrees_with_its_count() throws {
        let metrics = try read()
        let buckets = metrics.samples.filter { $0.name == "authd_decision_seconds_bucket" }
        #expect(buckets.count == LatencyHistogram.bounds.count + 1)
        #expect(buckets.map(\.value) == buckets.map(\.value).sorted())
        let bounds = buckets.map { $0.labels["le"] == "+Inf" ? Double.infinity : Double($0.labels["le"] ?? "") ?? -1 }
        #expect(bounds == bounds.sorted())
        #expect(bounds.first == 1e-6)
        #expect(metrics["authd_decision_seconds_bucket", ["le": "1e-06"]] == 0)
        #expect(metrics["authd_decision_seconds_bucket", ["le": "2.5e-06"]] == 2)
        #expect(metrics["authd_decision_seconds_bucket", ["le": "+Inf"]] == 3)
        #expect(metrics["authd_decision_seconds_count"] == 3)
        #expect(metrics["authd_decision_seconds_sum"] == 0.900003)
    }

    @Test func the_process_is_measured() throws {
        let metrics = try read()
        for name in [
            "process_cpu_seconds_total", "process_resident_memory_bytes", "process_virtual_memory_bytes",
            "process_threads", "process_open_fds", "process_start_time_seconds",
        ] { #expect((metrics[name] ?? 0) > 0, "\(name)") }
    }

    @Test func only_what_has_happened_and_the_basics_are_series() throws {
        let decisions = try read().samples.filter { $0.name == "authd_decisions_total" }
        #expect(decisions.count { $0.value > 0 } == 3)
        let zeros = Set(decisions.filter { $0.value == 0 }.compactMap { $0.labels["reason"] })
        #expect(zeros == ["allowed", "token_missing", "signature_invalid"])
        for door in Door.allCases {
            #expect(decisions.contains { $0.labels["door"] == door.rawValue && $0.labels["reason"] == "allowed" })
        }
    }

    @Test(arguments: ["a\"b", "a\\b", "a\nb", "a\\\"\n{}", "é漢"])
    func an_issuer_with_any_name_is_one_label(name: String) throws {
        let metrics = try read(AdminSample.report(keys: [AdminSample.status(name)]))
        #expect(metrics["authd_keys", ["issuer": name]] == 2)
    }

    @Test func numbers_are_written_as_the_format_wants_them() {
        let cases: [(Double, String)] = [
            (0, "0"), (3, "3"), (0.5, "0.5"), (1e-6, "1e-06"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
            (9_007_199_254_740_991, "9007199254740991"), (1e300, "1e+300"),
        ]
        for (value, text) in cases { #expect(MetricsText.number(value) == text) }
    }
}
