import Testing

@testable import Platform

/// The plan over a file system that is a dictionary: what is missing in it is missing.
@Suite struct WatchPlanTests {
    private func plan(
        _ path: WatchedPath,
        in entries: [String: FileSystemEntry],
        from workingDirectory: String = "/"
    ) -> [String: [String]] {
        let plan = WatchPlan(for: [path], from: workingDirectory) { entries[$0] ?? .missing }
        return plan.nodes.mapValues { node in
            var names = node.names.keys.sorted()
            if !node.everyName.isEmpty { names.append("*") }
            if !node.ends.isEmpty { names.append("itself") }
            if node.watchesContent { names.append("content") }
            return names
        }
    }

    @Test func a_plain_file_is_watched_from_the_root_down() {
        let entries: [String: FileSystemEntry] = ["/etc": .directory, "/etc/keys": .directory, "/etc/keys/jwt": .file]
        let expected = [
            "/": ["etc"], "/etc": ["keys"], "/etc/keys": ["jwt", "content"], "/etc/keys/jwt": ["itself"],
        ]
        #expect(plan(.file("/etc/keys/jwt"), in: entries) == expected)
        #expect(plan(.file("//etc/./keys//jwt"), in: entries) == expected)
        #expect(plan(.file("/etc/keys/../keys/jwt"), in: entries) == expected)
        #expect(plan(.file("keys/jwt"), in: entries, from: "/etc") == expected)
    }

    @Test func a_missing_part_is_waited_for_where_the_way_breaks_off() {
        #expect(plan(.file("/etc/keys/jwt"), in: ["/etc": .directory]) == ["/": ["etc"], "/etc": ["keys"]])
        #expect(plan(.file("/etc/jwt"), in: ["/etc": .directory]) == ["/": ["etc"], "/etc": ["jwt", "content"]])
        #expect(plan(.file("/etc/keys/jwt"), in: [:]) == ["/": ["etc"]])
    }

    @Test func every_hop_of_kubernetes_is_watched() {
        let entries: [String: FileSystemEntry] = [
            "/s": .directory, "/s/key": .symbolicLink(target: "..data/key"),
            "/s/..data": .symbolicLink(target: "..2026_1"), "/s/..2026_1": .directory, "/s/..2026_1/key": .file,
        ]
        #expect(
            plan(.file("/s/key"), in: entries) == [
                "/": ["s"], "/s": ["..2026_1", "..data", "key"], "/s/..2026_1": ["key", "content"],
                "/s/..2026_1/key": ["itself"],
            ]
        )
    }

    @Test func absolute_and_upward_links_are_followed_as_the_kernel_does() {
        let entries: [String: FileSystemEntry] = [
            "/a": .directory, "/a/link": .symbolicLink(target: "/b/inner/../f"), "/b": .directory,
            "/b/inner": .symbolicLink(target: "/c/deep"), "/c": .directory, "/c/deep": .directory, "/c/f": .file,
        ]
        // ".." is taken where the link led, not where it stood.
        #expect(
            plan(.file("/a/link"), in: entries) == [
                "/": ["a", "b", "c"], "/a": ["link"], "/b": ["inner"], "/c": ["deep", "f", "content"],
                "/c/f": ["itself"],
            ]
        )
    }

    @Test func dangling_links_and_loops_end() {
        #expect(
            plan(.file("/a/f"), in: ["/a": .directory, "/a/f": .symbolicLink(target: "nowhere")])
                == ["/": ["a"], "/a": ["f", "nowhere", "content"]]
        )
        #expect(
            plan(.file("/a/f"), in: ["/a": .directory, "/a/f": .symbolicLink(target: "f")])
                == ["/": ["a"], "/a": ["f"]]
        )
        #expect(
            plan(.file("/x"), in: ["/x": .symbolicLink(target: "y"), "/y": .symbolicLink(target: "x/z")])
                == ["/": ["x", "y"]]
        )
    }

    @Test func a_watched_directory_counts_every_name_in_it() {
        let entries: [String: FileSystemEntry] = ["/keys": .directory, "/keys/k1": .file]
        #expect(plan(.directory("/keys"), in: entries) == ["/": ["keys"], "/keys": ["*", "content"]])
        #expect(plan(.directory("/"), in: entries) == ["/": ["*", "content"]])
    }

    @Test func paths_that_share_a_directory_share_its_watch_and_not_their_names() {
        let entries: [String: FileSystemEntry] = ["/k": .directory, "/k/a": .file, "/k/b": .file]
        let a = WatchedPath.file("/k/a")
        let b = WatchedPath.file("/k/b")
        let plan = WatchPlan(for: [a, b], from: "/") { entries[$0] ?? .missing }
        #expect(plan.nodes["/k"]?.names == ["a": [a], "b": [b]])
        #expect(plan.nodes["/"]?.names == ["k": [a, b]])
    }
}
