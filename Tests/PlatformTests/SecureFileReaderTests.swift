import Glibc
import Testing

@testable import Platform

/// Files that are read in pieces.
@Suite struct SecureFileReaderTests {
    private let directory: ScratchDirectory

    init() throws { directory = try ScratchDirectory() }

    private func reader(_ name: String, limit: Int = 1 << 20, policy: FilePolicy = .trusted) throws -> SecureFileReader
    {
        try SecureFileReader(directory.at(name), limit: limit, policy: policy)
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 200_000])
    func the_pieces_are_the_file(count: Int) throws {
        let content = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try directory.write(content, to: "file")
        let reader = try reader("file")
        var read: [UInt8] = []
        while let piece = reader.next(), !piece.isEmpty { read += piece }
        #expect(read == content && reader.failure == nil)
        #expect(reader.next() == [])
    }

    @Test func a_file_that_changes_while_it_is_read_is_refused_at_its_end() throws {
        try directory.write([UInt8](repeating: 1, count: 100_000), to: "file")
        let reader = try reader("file")
        #expect(reader.next()?.count == 65_536)
        try directory.write([UInt8](repeating: 1, count: 90_000), to: "file")
        var last = reader.next()
        while let piece = last, !piece.isEmpty { last = reader.next() }
        #expect(last == nil && reader.failure?.code == .changedWhileReading)
        #expect(reader.next() == nil)
    }

    @Test func a_file_that_is_replaced_is_read_to_its_end() throws {
        try directory.write([UInt8](repeating: 1, count: 100), to: "file")
        try directory.write([UInt8](repeating: 2, count: 50), to: "new")
        let reader = try reader("file")
        #expect(unsafe rename(directory.at("new"), directory.at("file")) == 0)
        // Its name has gone, which shows in its status: whoever reads looks again.
        #expect(reader.next() == [UInt8](repeating: 1, count: 100))
        #expect(reader.next() == nil && reader.failure?.isTransient == true)
    }

    @Test func what_is_too_large_or_too_open_or_no_file_is_refused() throws {
        try directory.write([1, 2, 3], to: "file")
        #expect(throws: FileError.self) { try reader("file", limit: 2) }
        #expect(throws: FileError.self) { try reader("absent") }
        #expect(throws: FileError.self) { try reader(".") }
        #expect(unsafe mkfifo(directory.at("fifo"), 0o600) == 0)
        #expect(throws: FileError.self) { try reader("fifo") }
        #expect(unsafe chmod(directory.at("file"), 0o666) == 0)
        #expect(throws: FileError.self) { try reader("file") }
        #expect(unsafe chmod(directory.at("file"), 0o644) == 0)
        #expect(throws: FileError.self) { try reader("file", policy: .secret) }
        _ = try reader("file")
    }
}
