import Authorization
import Configuration
import Glibc
import Platform
import TestSupport
import Testing

@testable import Daemon

/// Directories, links and mounts that are replaced while the daemon runs.
@Suite struct KeySourcesLayoutTests {
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    /// As the kubelet writes a secret volume: a new directory, one link that is swapped, the old directory gone.
    private func swap(to number: Int, names: [String] = ["jwt"]) throws {
        try folder.makeDirectory("volume/..ts\(number)")
        for (offset, name) in names.enumerated() {
            try folder.write(KeySettings.secret(number + offset * 1000), to: "volume/..ts\(number)/\(name)")
        }
        try folder.link("volume/..data", to: "..ts\(number)")
        folder.remove("volume/..ts\(number - 1)")
    }

    @Test func ten_swaps_of_a_Kubernetes_volume_are_all_seen() throws {
        try folder.makeDirectory("volume")
        try swap(to: 1)
        try folder.link("volume/jwt", to: "..data/jwt")
        let probe = try KeySourcesProbe(KeySettings.settings(.file(folder.file("volume/jwt"))))
        try probe.start()
        for number in 2...11 {
            try swap(to: number)
            probe.awaitSecrets([KeySettings.secret(number)])
        }
        #expect(!probe.log.current.contains { $0.hasPrefix("keys not loaded") })
    }

    @Test func ten_swaps_of_a_volume_that_is_a_key_directory_are_all_seen() throws {
        try folder.makeDirectory("volume")
        try swap(to: 1, names: ["a", "b"])
        try folder.link("volume/a", to: "..data/a")
        try folder.link("volume/b", to: "..data/b")
        let probe = try KeySourcesProbe(KeySettings.settings(.directory(folder.file("volume"))))
        try probe.start()
        for number in 2...11 {
            try swap(to: number, names: ["a", "b"])
            probe.awaitSecrets([KeySettings.secret(number), KeySettings.secret(number + 1000)])
        }
    }

    @Test func keys_that_come_into_a_directory_leave_it_and_change_in_it_are_taken_up() throws {
        try folder.makeDirectory("keys")
        try folder.write(KeySettings.secret(1), to: "keys/a")
        let probe = try KeySourcesProbe(KeySettings.settings(.directory(folder.file("keys"))))
        try probe.start()
        try folder.write(KeySettings.secret(2), to: "keys/b")
        probe.awaitSecrets([KeySettings.secret(1), KeySettings.secret(2)])
        try folder.write(KeySettings.secret(3), to: "keys/primary")
        probe.awaitSecrets([KeySettings.secret(3), KeySettings.secret(1), KeySettings.secret(2)])
        folder.remove("keys/a")
        probe.awaitSecrets([KeySettings.secret(3), KeySettings.secret(2)])
        try folder.write(KeySettings.secret(4), to: "keys/b")
        probe.awaitSecrets([KeySettings.secret(3), KeySettings.secret(4)])
    }

    @Test func a_link_in_a_key_directory_to_a_file_elsewhere_is_followed_when_that_file_changes() throws {
        try folder.makeDirectory("keys")
        try folder.makeDirectory("elsewhere")
        try folder.write(KeySettings.secret(1), to: "elsewhere/secret")
        try folder.link("keys/a", to: "../elsewhere/secret")
        let probe = try KeySourcesProbe(KeySettings.settings(.directory(folder.file("keys"))))
        try probe.start()
        for number in 2...4 {
            try folder.write(KeySettings.secret(number), to: "elsewhere/secret")
            probe.awaitSecrets([KeySettings.secret(number)])
        }
        try folder.replace("elsewhere/secret", with: KeySettings.secret(5))
        probe.awaitSecrets([KeySettings.secret(5)])
    }

    @Test func a_directory_that_is_replaced_is_watched_anew() throws {
        try folder.makeDirectory("secrets")
        try folder.write(KeySettings.secret(1), to: "secrets/jwt")
        let probe = try KeySourcesProbe(KeySettings.settings(.file(folder.file("secrets/jwt"))))
        try probe.start()
        for number in 2...4 {
            // The strings live for the call.
            try #require(unsafe rename(folder.file("secrets"), folder.file("old\(number)")) == 0)
            try folder.makeDirectory("secrets")
            try folder.write(KeySettings.secret(number), to: "secrets/jwt")
            probe.awaitSecrets([KeySettings.secret(number)])
            try folder.write(KeySettings.secret(number + 10), to: "secrets/jwt")
            probe.awaitSecrets([KeySettings.secret(number + 10)])
        }
    }

    @Test func a_link_that_dangles_keeps_the_old_key_and_is_taken_up_when_it_leads_somewhere() throws {
        try folder.write(KeySettings.secret(1), to: "one")
        try folder.link("jwt", to: "one")
        let probe = try KeySourcesProbe(KeySettings.settings(.file(folder.file("jwt"))))
        try probe.start()
        try folder.link("jwt", to: "two")
        probe.awaitLog("keys not loaded")
        try folder.write(KeySettings.secret(2), to: "two")
        probe.awaitSecrets([KeySettings.secret(2)])
    }
}
