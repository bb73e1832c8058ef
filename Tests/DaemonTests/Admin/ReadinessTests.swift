import Authorization
import StrictJSON
import Testing

@testable import Daemon

/// What `/readyz` says in each state.
@Suite struct ReadinessTests {
    private static let failure = KeySourceFailure(.missing, "/k", "it is gone\n\"really\"").of("main")

    private func text(_ report: AdminReport) -> String { String(decoding: ReadinessText.json(report), as: UTF8.self) }

    @Test func ready_is_200_without_reasons() {
        let report = AdminSample.report()
        #expect(report.status.code == 200)
        #expect(text(report) == "{\"status\":\"ready\"}\n")
    }

    @Test func last_good_keys_are_degraded_and_still_200() {
        let keys = [AdminSample.status(health: .degraded, error: Self.failure), AdminSample.status("other")]
        let report = AdminSample.report(keys: keys)
        #expect(report.status == .degraded)
        #expect(report.status.code == 200)
        let body = ReadinessText.json(report)
        var document = JSONDocument()
        #expect(document.parse(body.span) == nil)
        #expect(text(report).contains("issuer \\\"main\\\": /k: it is gone"))
    }

    @Test func a_failed_reload_is_degraded_and_still_200() {
        let report = AdminSample.report(configurationError: "authd.yaml:3:1: no such key")
        #expect(report.status == .degraded)
        #expect(text(report).contains("authd.yaml:3:1"))
    }

    @Test func starting_and_draining_are_503_whatever_else_there_is() {
        for (phase, status) in [(Readiness.Phase.starting, "starting"), (.draining, "draining")] {
            let keys = [AdminSample.status(health: .degraded, error: Self.failure)]
            let report = AdminSample.report(phase: phase, keys: keys)
            #expect(report.status.code == 503)
            #expect(text(report).hasPrefix("{\"status\":\"\(status)\""))
        }
    }

    @Test func an_issuer_without_keys_is_503() {
        let keys = [AdminSample.status(), AdminSample.status("other", health: .neverLoaded, error: Self.failure)]
        let report = AdminSample.report(keys: keys)
        #expect(report.status.code == 503)
        #expect(text(report).hasPrefix("{\"status\":\"keys_unavailable\""))
    }

    @Test func no_issuers_need_no_keys() {
        #expect(AdminSample.report(keys: []).status == .ready)
    }
}
