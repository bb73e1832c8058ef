import Authorization
import Platform
import Testing

@testable import Daemon

@Suite struct ServiceStatusTextTests {
    private func keys(
        _ issuer: String,
        health: KeyRotation.Health = .current,
        changed: Int64? = nil,
        error: KeySourceFailure? = nil
    ) -> KeySourceStatus {
        KeySourceStatus(
            issuer: issuer,
            place: "/etc/authd/secrets/jwt",
            health: health,
            current: 2,
            retired: 0,
            generation: 1,
            lastSuccess: nil,
            lastChange: changed.map { WallTime(seconds: $0) },
            lastError: error,
            reloads: KeyReloadCounts()
        )
    }

    private func text(
        _ keys: [KeySourceStatus],
        phase: Readiness.Phase = .serving,
        degraded: [String] = [],
        reload: ServiceStatusText.ReloadRecord? = nil,
        connections: Int = 0
    ) -> String {
        ServiceStatusText(
            phase: phase,
            listeners: "decision=systemd:decision",
            keys: keys,
            degraded: degraded,
            lastReload: reload,
            connections: connections,
            now: WallTime(seconds: 1_000_000)
        ).text
    }

    @Test(arguments: [(0, "under 1 min"), (120, "2 min"), (7200, "2 h"), (259_200, "3 d")] as [(Int64, String)])
    func the_age_of_keys_is_told_in_one_unit(seconds: Int64, age: String) {
        let text = text([keys("main", changed: 1_000_000 - seconds)])
        #expect(text == "Serving decision=systemd:decision; keys: main 2, \(age) old")
    }

    @Test func what_runs_on_last_good_content_is_said_with_its_reason() {
        let failure = KeySourceFailure(.missing, "/k", "gone").of("main")
        let text = text([keys("main", health: .degraded, error: failure)], degraded: ["revocations: bad"])
        #expect(text.hasSuffix("; degraded: issuer \"main\": /k: gone, revocations: bad"))
    }

    @Test func an_issuer_without_keys_is_waited_for_by_name() {
        let text = text([keys("main"), keys("login", health: .neverLoaded)])
        #expect(text.hasPrefix("Waiting for keys of login; serving "))
        #expect(text.hasSuffix("keys: main 2, login none"))
    }

    @Test func the_last_reload_is_told_with_its_outcome() {
        let time = WallTime(seconds: 0)
        let good = text([], reload: .init(time: time, failure: nil))
        #expect(good.hasSuffix("; reload of 1970-01-01T00:00:00Z succeeded"))
        let bad = text([], reload: .init(time: time, failure: "authd.yaml:3:1: rulez: unknown key"))
        #expect(bad.hasSuffix("; reload of 1970-01-01T00:00:00Z failed: authd.yaml:3:1: rulez: unknown key"))
    }

    @Test func a_drain_counts_what_is_left() {
        #expect(text([], phase: .draining, connections: 1) == "Stopping; 1 connection to finish")
    }
}
