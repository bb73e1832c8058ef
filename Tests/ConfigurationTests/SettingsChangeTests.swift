import Configuration
import Testing

@Suite struct SettingsChangeTests {
    @Test func what_only_moves_in_the_file_is_no_change() throws {
        let old = try Sample.settings(Sample.complete)
        let new = try Sample.settings("# a comment\n" + Sample.complete)
        #expect(new == old)
        #expect(new.changeNeedsRestart(from: old) == [])
    }

    @Test(arguments: [
        ("decision.sock", "other.sock", ["listeners.decision"]),
        ("\"0660\"", "\"0600\"", ["listeners.decision"]),
        ("[www-data, 0]", "[www-data]", ["listeners.decision"]),
        ("127.0.0.1:8080", "127.0.0.1:8081", ["listeners.proxy"]),
        ("127.0.0.1:9181", "127.0.0.1:9182", ["listeners.admin"]),
        ("allow_remote: false", "event_loops: 3", ["event_loops"]),
        ("leeway: 30s", "leeway: 31s", []),
        ("decisions: denied", "decisions: all", []),
        ("http://127.0.0.1:9090", "http://127.0.0.1:9091", []),
    ])
    func what_a_reload_cannot_apply_is_named(from: String, to: String, keys: [String]) throws {
        let old = try Sample.settings(Sample.complete)
        let new = try Sample.settings(Sample.complete.replacing(from, with: to))
        #expect(new != old || from.hasPrefix("allow"))
        #expect(new.changeNeedsRestart(from: old) == keys)
    }
}
