import Configuration
import Foundation
import JOSE
import Logging
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import Daemon

/// The key file while the daemon runs, with the real watch.
@Suite struct AssertionKeyFileTests {
    private let folder: TemporaryDirectory
    private let path: String
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let published = Awaited<[[UInt8]]>([])
    private let log = Awaited<[String]>([])

    init() throws {
        folder = try TemporaryDirectory()
        path = try folder.write(AssertionSample.pem(), to: "key.pem")
    }

    private func keyID(_ pem: String) throws -> String { try AssertionSample.key(pem).keyID }

    /// Runs `body` with a started key file.
    private func run(_ body: (NIOLoopBound<AssertionKeyFile>, any EventLoop) throws -> Void) throws {
        let (loop, log, published, path) = (group.next(), log, published, path)
        let file = try loop.submit {
            let logger = Logger(label: "test") { _ in RecordingLogHandler(records: log) }
            let file = AssertionKeyFile(eventLoop: loop, log: logger)
            #expect(file.update(AssertionSample.settings(path)) == nil)
            file.start { published.update { $0.append(file.plan?.keySet.body ?? []) } }
            return NIOLoopBound(file, eventLoop: loop)
        }.wait()
        defer {
            try? loop.submit { file.value.stop() }.wait()
            try? group.syncShutdownGracefully()
        }
        try body(file, loop)
    }

    private func awaitKey(_ name: String, _ place: SourceLocation = #_sourceLocation) {
        let found = published.first(before: .usual) { sets in
            sets.last.map { String(decoding: $0, as: UTF8.self).contains(name) } == true ? true : nil
        }
        #expect(found == true, "log: \(log.current)", sourceLocation: place)
    }

    private func awaitLog(_ text: String, _ place: SourceLocation = #_sourceLocation) {
        let found = log.first(before: .usual) { $0.contains { $0.hasPrefix(text) } ? true : nil }
        #expect(found == true, "log: \(log.current)", sourceLocation: place)
    }

    @Test func a_new_key_signs_and_the_old_one_stays_in_the_set() throws {
        let before = try String(contentsOfFile: path, encoding: .utf8)
        try run { file, loop in
            let after = AssertionSample.pem()
            try folder.replace("key.pem", with: after)
            awaitKey(try keyID(after))
            let status = try #require(try loop.submit { file.value.status }.wait())
            #expect(try status.keyIDs == [keyID(after), keyID(before)])
        }
    }

    @Test(arguments: ["", "-----BEGIN PRIVATE KEY-----\n", "{}", "secret\n"])
    func a_bad_file_leaves_the_key_that_signs_and_the_good_one_is_taken_up(text: String) throws {
        let before = try String(contentsOfFile: path, encoding: .utf8)
        try run { file, loop in
            try folder.replace("key.pem", with: text)
            awaitLog("assertion key not loaded")
            let status = try #require(try loop.submit { file.value.status }.wait())
            #expect(try status.lastError != nil && status.keyIDs == [keyID(before)])
            #expect(published.current.isEmpty)
            try folder.replace("key.pem", with: before)
            awaitLog("assertion key recovered")
            #expect(try loop.submit { file.value.status?.lastError }.wait() == nil)
        }
    }

    @Test func a_key_that_others_may_read_is_refused_at_start() throws {
        try folder.replace("key.pem", with: AssertionSample.pem(), mode: 0o644)
        #expect(AssertionKeyFile.failure(AssertionSample.settings(path))?.code == .fileRefused)
        #expect(AssertionKeyFile.failure(AssertionSample.settings(folder.file("none")))?.code == .fileRefused)
        #expect(AssertionKeyFile.failure(nil) == nil)
    }

    @Test func other_settings_keep_the_keys_and_a_bad_file_keeps_the_settings() throws {
        try run { file, loop in
            let (path, other) = (path, folder.file("none"))
            try loop.submit {
                let before = file.value.plan?.keySet
                #expect(file.value.update(AssertionSample.settings(path, header: "X-Word")) == nil)
                #expect(file.value.plan?.header == "X-Word" && file.value.plan?.keySet == before)
                #expect(file.value.update(AssertionSample.settings(other)) != nil)
                #expect(file.value.plan?.header == "X-Word" && file.value.plan?.keySet == before)
                #expect(file.value.update(nil) == nil)
                #expect(file.value.plan == nil && file.value.status == nil)
            }.wait()
        }
    }
}
