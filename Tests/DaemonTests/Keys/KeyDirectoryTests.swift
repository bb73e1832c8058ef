import Authorization
import Configuration
import JOSE
import TestSupport
import Testing

@testable import Daemon

/// A directory of keys: one a file, named after its kid.
@Suite struct KeyDirectoryTests {
    private let folder: TemporaryDirectory
    private var probe: KeySourceProbe

    init() throws {
        folder = try TemporaryDirectory()
        probe = KeySourceProbe(.directory(folder.path))
    }

    private func add(_ name: String, _ number: Int) throws { try folder.write(KeySettings.secret(number), to: name) }

    private var names: [String?] { probe.source.ring?.entries.map(\.key.keyID) ?? [] }

    @Test mutating func the_names_are_the_kids_in_the_order_of_their_bytes_with_primary_first() throws {
        for (number, name) in ["b", "a", "primary", "Z", "10", "9"].enumerated() { try add(name, number) }
        #expect(probe.check() == .loaded(6))
        #expect(names == ["primary", "10", "9", "Z", "a", "b"])
    }

    @Test mutating func dot_files_and_what_is_no_file_are_passed_over() throws {
        try add("a", 1)
        try add(".b.tmp", 2)
        try folder.makeDirectory("sub")
        #expect(probe.check() == .loaded(1))
        #expect(names == ["a"])
    }

    @Test mutating func the_layout_of_Kubernetes_is_read_through_its_links() throws {
        try folder.makeDirectory("..2026_1")
        try folder.write(KeySettings.secret(1), to: "..2026_1/one")
        try folder.write(KeySettings.secret(2), to: "..2026_1/two")
        try folder.link("..data", to: "..2026_1")
        try folder.link("one", to: "..data/one")
        try folder.link("two", to: "..data/two")
        #expect(probe.check() == .loaded(2))
        #expect(names == ["one", "two"])
    }

    @Test mutating func one_bad_file_refuses_the_directory_and_names_the_file() throws {
        try add("a", 1)
        _ = probe.check()
        try folder.write("short", to: "b")
        guard case .failed(let failure) = probe.check() else {
            Issue.record("not refused")
            return
        }
        #expect(failure.path == folder.file("b"))
        #expect(names == ["a"])
    }

    @Test mutating func a_dangling_link_is_said_and_not_passed_over() throws {
        try add("a", 1)
        try folder.link("b", to: "gone")
        #expect(probe.failure() == .missing)
    }

    @Test mutating func an_empty_and_a_missing_directory_are_refused() throws {
        #expect(probe.failure() == .noKeys)
        var other = KeySourceProbe(.directory(folder.file("nowhere")))
        #expect(other.failure() == .missing)
        try add("file", 1)
        var file = KeySourceProbe(.directory(folder.file("file")))
        #expect(file.failure() == .missing)
    }

    @Test mutating func a_thousand_keys_load_and_one_more_is_refused() throws {
        for number in 0..<1000 { try add("k\(number)", number) }
        #expect(probe.check() == .loaded(1000))
        try add("one-more", 1000)
        #expect(probe.failure() == .tooManyKeys)
        #expect(names.count == 1000)
    }

    @Test mutating func a_kid_that_a_JWK_and_a_file_name_share_refuses_the_directory() throws {
        try add("a", 1)
        let bytes = SHA2.sha256.hash(Array("other".utf8))
        try folder.write(#"{"kty":"oct","kid":"a","k":"\#(TokenMint.base64url(bytes))"}"#, to: "b")
        #expect(probe.failure() == .contentRefused)
    }
}
