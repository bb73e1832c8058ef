import Authorization
import Configuration
import Glibc
import Platform
import TestSupport
import Testing

@testable import Daemon

/// The list of revocations while the daemon runs, with the real watch.
@Suite struct RevocationsTests {
    private let folder: TemporaryDirectory
    private let path: String

    init() throws {
        folder = try TemporaryDirectory()
        path = try folder.write(Self.list(["a"]), to: "revoked.yaml", mode: 0o644)
    }

    private static func list(_ ids: [String]) -> String {
        ids.isEmpty ? "revoked: []\n" : "revoked:\n" + ids.map { "  - jti: \($0)\n" }.joined()
    }

    private func probe() throws -> RevocationsProbe {
        let probe = try RevocationsProbe(RevocationsProbe.settings(path))
        try probe.start()
        return probe
    }

    private static let bad = "revocations not loaded"

    @Test func a_list_is_there_from_the_start_and_a_new_one_is_taken_up() throws {
        let probe = try probe()
        #expect(try probe.isRevoked("a") && !probe.isRevoked("b"))
        try folder.replace("revoked.yaml", with: Self.list(["a", "b"]))
        probe.awaitEntries(2)
        #expect(try probe.isRevoked("a") && probe.isRevoked("b"))
        try folder.write(Self.list([]), to: "revoked.yaml", mode: 0o644)
        probe.awaitEntries(0)
        #expect(try !probe.isRevoked("a"))
    }

    @Test(arguments: [
        "", "revoked:\n  - jti: a\n  - jti: b", "revoked:\n  - jti:\n", "revoked:\n  - sub: u\n",
        "revoked:\n  - { jti: b, issuer: nobody }\n", "{", "rubbish\n",
    ])
    func a_bad_list_changes_nothing_until_a_good_one_comes(text: String) throws {
        let probe = try probe()
        try folder.replace("revoked.yaml", with: text)
        probe.awaitLog(Self.bad)
        #expect(try probe.isRevoked("a"))
        #expect(probe.publications == 0)
        let status = try #require(try probe.status())
        #expect(status.lastError?.code == .contentRefused && status.failed >= 1 && status.entries == 1)
        #expect(status.lastError?.description.hasPrefix("\(path):") == true)
        try folder.replace("revoked.yaml", with: Self.list(["b", "c", "d"]))
        probe.awaitEntries(3)
        probe.awaitLog("revocations recovered")
        #expect(try probe.status()?.lastError == nil)
        #expect(try !probe.isRevoked("a"))
    }

    @Test func a_list_that_goes_away_stays_in_force_and_is_taken_up_when_it_comes_back() throws {
        let probe = try probe()
        folder.remove("revoked.yaml")
        probe.awaitLog(Self.bad)
        #expect(try probe.isRevoked("a"))
        try folder.write(Self.list(["x", "y"]), to: "revoked.yaml", mode: 0o644)
        probe.awaitEntries(2)
    }

    @Test func a_list_that_everybody_may_write_is_refused() throws {
        let probe = try probe()
        try folder.replace("revoked.yaml", with: Self.list(["a", "b"]), mode: 0o666)
        probe.awaitLog(Self.bad)
        #expect(try !probe.isRevoked("b"))
        let refused = RevocationSource(RevocationsProbe.settings(path))?.loadPatiently()
        #expect(throws: WatchedFileFailure.self) { try refused?.get() }
    }

    @Test func a_list_in_a_directory_that_kubernetes_swaps_is_followed() throws {
        for number in 1...2 {
            try folder.makeDirectory("v\(number)")
            try folder.write(Self.list((0..<number).map { "id\($0)" }), to: "v\(number)/revoked.yaml", mode: 0o644)
        }
        #expect(unsafe symlink("v1", folder.file("..data")) == 0)
        #expect(unsafe symlink("..data/revoked.yaml", folder.file("link")) == 0)
        let probe = try RevocationsProbe(RevocationsProbe.settings(folder.file("link")))
        try probe.start()
        #expect(unsafe symlink("v2", folder.file("..data_tmp")) == 0)
        #expect(unsafe rename(folder.file("..data_tmp"), folder.file("..data")) == 0)
        probe.awaitEntries(2)
    }

    @Test func a_hangup_reads_the_list_again_though_it_is_the_same() throws {
        let probe = try probe()
        try probe.on { $0.reloadNow() }
        probe.awaitEntries(1)
        #expect(try probe.status()?.loaded == 2)
    }

    @Test func other_issuers_have_the_list_read_again_and_a_name_that_is_gone_refuses_them() throws {
        try folder.write("revoked:\n  - { jti: a, issuer: login }\n", to: "revoked.yaml", mode: 0o644)
        let probe = try probe()
        #expect(try probe.isRevoked("a", issuer: 1) && !probe.isRevoked("a", issuer: 0))
        let failure = try probe.change(to: RevocationsProbe.settings(path, issuers: ["main"]))
        #expect(failure?.code == .contentRefused)
        #expect(try probe.isRevoked("a", issuer: 1))
        #expect(try probe.change(to: RevocationsProbe.settings(path, issuers: ["login", "main"])) == nil)
        #expect(try probe.isRevoked("a", issuer: 0) && !probe.isRevoked("a", issuer: 1))
    }

    @Test func another_file_is_followed_and_the_one_before_no_more() throws {
        let probe = try probe()
        let other = try folder.write(Self.list(["o", "p"]), to: "other.yaml", mode: 0o644)
        #expect(try probe.change(to: RevocationsProbe.settings(other)) == nil)
        #expect(try probe.isRevoked("o") && !probe.isRevoked("a"))
        try folder.replace("revoked.yaml", with: Self.list(["a", "b", "c", "d", "e"]))
        try folder.replace("other.yaml", with: Self.list(["o", "p", "q"]))
        probe.awaitEntries(3)
        #expect(try probe.change(to: RevocationsProbe.settings(nil)) == nil)
        #expect(try probe.table() == nil && probe.status() == nil)
    }

    @Test func a_last_good_list_outlives_a_reload_of_the_configuration() throws {
        let probe = try probe()
        try folder.replace("revoked.yaml", with: "half")
        probe.awaitLog(Self.bad)
        #expect(try probe.change(to: RevocationsProbe.settings(path)) == nil)
        #expect(try probe.isRevoked("a"))
        #expect(try probe.status()?.lastError != nil)
    }
}
