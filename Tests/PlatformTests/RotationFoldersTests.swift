import Glibc
import Testing

@testable import Platform

@Suite struct RotationFoldersTests {
    @Test func a_plain_file_needs_its_folder_and_the_one_above() throws {
        let scratch = try ScratchDirectory()
        try scratch.makeDirectory("secrets")
        try scratch.write("x", to: "secrets/jwt")
        let folders = RotationFolders.of(scratch.at("secrets/jwt"))
        #expect(folders.own == scratch.at("secrets"))
        #expect(folders.all == [scratch.at("secrets"), scratch.path])
    }

    // Kubernetes' layout: jwt -> ..data/jwt, ..data -> ..1/.
    @Test func a_volume_of_kubernetes_is_covered_across_a_swap() throws {
        let scratch = try ScratchDirectory()
        for name in ["volume", "volume/..1", "volume/..2"] { try scratch.makeDirectory(name) }
        try scratch.write("x", to: "volume/..1/jwt")
        try scratch.link("volume/..data", to: "..1")
        try scratch.link("volume/jwt", to: "..data/jwt")
        let folders = RotationFolders.of(scratch.at("volume/jwt"))
        #expect(folders.own == scratch.at("volume/..1"))
        #expect(folders.all.contains(scratch.at("volume")))
    }

    @Test func a_link_to_another_tree_covers_the_folder_that_it_leads_into() throws {
        let scratch = try ScratchDirectory()
        for name in ["etc", "srv", "srv/7"] { try scratch.makeDirectory(name) }
        try scratch.write("x", to: "srv/7/jwt")
        try scratch.link("etc/current", to: scratch.at("srv/7"))
        let folders = RotationFolders.of(scratch.at("etc/current/jwt"))
        #expect(folders.all.isSuperset(of: [scratch.at("etc"), scratch.at("srv"), scratch.at("srv/7")]))
    }

    @Test func no_folder_right_below_the_root_is_given_for_the_sake_of_a_rotation() {
        #expect(RotationFolders.of("/nonexistent/secrets/jwt").all == ["/nonexistent/secrets"])
        #expect(RotationFolders.of("/nonexistent").all == ["/nonexistent"])
    }

    @Test func a_loop_of_links_ends() throws {
        let scratch = try ScratchDirectory()
        try scratch.link("a", to: "b")
        try scratch.link("b", to: "a")
        #expect(!RotationFolders.of(scratch.at("a")).all.isEmpty)
    }
}
