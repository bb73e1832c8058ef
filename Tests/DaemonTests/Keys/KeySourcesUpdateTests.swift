import Authorization
import Configuration
import Platform
import TestSupport
import Testing

@testable import Daemon

/// Start, reload of the configuration, SIGHUP, and the time of retired keys.
@Suite struct KeySourcesUpdateTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        for number in 1...3 { try folder.write(KeySettings.secret(number), to: "\(number)") }
    }

    private func source(_ number: Int, overlap: Double = 0) -> KeySourceSettings {
        KeySettings.keys(.file(folder.file("\(number)")), overlap: overlap)
    }

    @Test func every_failure_at_start_is_listed() throws {
        try folder.write("short", to: "2")
        let missing = KeySettings.keys(.file(folder.file("nowhere")))
        let probe = try KeySourcesProbe(
            KeySettings.settings([("a", source(1)), ("b", source(2)), ("c", missing)])
        )
        let failures = try probe.load()
        #expect(failures.map(\.issuer) == ["b", "c"])
        #expect(failures.map(\.code) == [.contentRefused, .missing])
        #expect(try probe.rings().map { $0 != nil } == [true, false, false])
    }

    @Test func a_reload_keeps_the_state_of_what_is_unchanged_and_loads_what_is_new() throws {
        let probe = try KeySourcesProbe(KeySettings.settings([("a", source(1, overlap: 600))]))
        try probe.start()
        try folder.replace("1", with: KeySettings.secret(11))
        probe.awaitSecrets([KeySettings.secret(11)])
        let settings = KeySettings.settings([("b", source(2)), ("a", source(1, overlap: 300))])
        #expect(try probe.update(settings) == [])
        let rings = try probe.rings()
        #expect(rings[0]?.currentSecrets == [KeySettings.secret(2)])
        #expect(rings[1]?.currentSecrets == [KeySettings.secret(11)])
        #expect(rings[1]?.retiredSecrets == [KeySettings.secret(1)])
        // The new source is watched.
        try folder.replace("2", with: KeySettings.secret(22))
        probe.awaitSecrets([KeySettings.secret(22)])
    }

    @Test func a_reload_that_publishes_nothing_itself_leaves_the_order_of_rings_to_its_caller() throws {
        let probe = try KeySourcesProbe(KeySettings.settings([("a", source(1)), ("b", source(2))]))
        try probe.start()
        let before = probe.publications
        let during = try probe.on { [folder, probe] sources in
            try folder.replace("1", with: KeySettings.secret(11))
            let settings = KeySettings.settings([
                ("b", KeySettings.keys(.file(folder.file("2")))), ("a", KeySettings.keys(.file(folder.file("1")))),
            ])
            #expect(sources.update(settings) == [])
            return probe.publications
        }
        #expect(during == before)
        probe.awaitSecrets([KeySettings.secret(2)])
        #expect(try probe.rings()[1]?.currentSecrets == [KeySettings.secret(11)])
    }

    @Test func a_reload_with_a_source_that_cannot_be_loaded_changes_nothing() throws {
        let probe = try KeySourcesProbe(KeySettings.settings([("a", source(1))]))
        try probe.start()
        let missing = KeySettings.keys(.file(folder.file("nowhere")))
        let failures = try probe.update(KeySettings.settings([("new", source(2)), ("bad", missing)]))
        #expect(failures.map(\.issuer) == ["bad"])
        #expect(try probe.status().map(\.issuer) == ["a"])
        try folder.replace("1", with: KeySettings.secret(11))
        probe.awaitSecrets([KeySettings.secret(11)])
    }

    @Test func other_requirements_are_held_against_the_file_again() throws {
        let probe = try KeySourcesProbe(KeySettings.settings([("main", source(1))]))
        try probe.start()
        let strict = KeySettings.keys(.file(folder.file("1")), minimum: 64)
        #expect(try probe.update(KeySettings.settings([("main", strict)])).map(\.code) == [.contentRefused])
        #expect(try probe.rings()[0]?.currentSecrets == [KeySettings.secret(1)])
    }

    @Test func an_overlap_that_is_taken_away_ends_retired_keys_at_once() throws {
        let probe = try KeySourcesProbe(KeySettings.settings([("main", source(1, overlap: 600))]))
        try probe.start()
        try folder.replace("1", with: KeySettings.secret(11))
        probe.awaitSecrets([KeySettings.secret(11)])
        #expect(try probe.rings()[0]?.retiredSecrets == [KeySettings.secret(1)])
        #expect(try probe.update(KeySettings.settings([("main", source(1))])) == [])
        #expect(try probe.rings()[0]?.retiredSecrets == [])
    }

    @Test func retired_keys_are_dropped_when_their_time_is_over() throws {
        let probe = try KeySourcesProbe(KeySettings.settings([("main", source(1, overlap: 0.05))]))
        try probe.start()
        try folder.replace("1", with: KeySettings.secret(11))
        probe.awaitSecrets([KeySettings.secret(11)])
        probe.awaitNoRetired()
        #expect(try probe.rings()[0]?.entries.count == 1)
    }

    @Test func a_forced_reload_reads_at_once_what_no_watch_has_told() throws {
        let probe = try KeySourcesProbe(KeySettings.settings([("main", source(1))]))
        try probe.start()
        try probe.on { $0.watch?.goDeaf(polls: false) }
        try folder.replace("1", with: KeySettings.secret(11))
        try probe.reloadNow()
        probe.awaitSecrets([KeySettings.secret(11)])
    }

    @Test func the_status_counts_what_became_of_each_reading() throws {
        let probe = try KeySourcesProbe(KeySettings.settings([("main", source(1, overlap: 600))]))
        try probe.start()
        try folder.replace("1", with: KeySettings.secret(11))
        probe.awaitSecrets([KeySettings.secret(11)])
        try folder.replace("1", with: "short")
        probe.awaitLog("keys not loaded")
        let status = try probe.status()[0]
        #expect(status.reloads.loaded == 2)
        #expect(status.reloads.failed >= 1)
        #expect(status.current == 1)
        #expect(status.retired == 1)
        #expect(status.generation == 2)
        #expect(status.lastSuccess != nil)
        #expect(status.lastError?.path == folder.file("1"))
    }
}
