import Authorization
import Configuration
import JOSE
import Logging
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import Daemon

/// A list of revocations at work on a control loop, with everything that it publishes and logs written down.
final class RevocationsProbe: Sendable {
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let loop: any EventLoop
    private let revocations: NIOLoopBound<Revocations>
    private let published = Awaited<[RevocationTable]>([])
    let log = Awaited<[String]>([])

    /// Loads as the daemon does at its start.
    init(_ settings: Settings) throws {
        let loop = group.next()
        let log = log
        let loaded = try RevocationSource(settings)?.loadPatiently().get()
        self.loop = loop
        revocations = try loop.submit {
            let logger = Logger(label: "test") { _ in RecordingLogHandler(records: log) }
            return NIOLoopBound(Revocations(loaded, eventLoop: loop, log: logger), eventLoop: loop)
        }.wait()
    }

    deinit {
        try? on { $0.stop() }
        try? group.syncShutdownGracefully()
    }

    func start() throws {
        let published = published
        try on { $0.start { table in published.update { $0.append(table) } } }
    }

    func on<Result: Sendable>(_ act: @escaping @Sendable (Revocations) throws -> Result) throws -> Result {
        let revocations = revocations
        return try loop.submit { try act(revocations.value) }.wait()
    }

    var publications: Int { published.current.count }
    func table() throws -> RevocationTable? { try on { $0.table } }
    func status() throws -> RevocationStatus? { try on { $0.status } }

    func isRevoked(_ id: String, issuer: Int = 0) throws -> Bool {
        let bytes = Array(id.utf8)
        return try table()?.isRevoked(tokenID: bytes.span, issuer: issuer) ?? false
    }

    /// Prepares and, where that succeeds, adopts. - Returns: why not.
    func change(to settings: Settings) throws -> WatchedFileFailure? {
        let outcome = Awaited<Result<Bool, WatchedFileFailure>?>(nil)
        try on { revocations in
            revocations.prepare(settings) { prepared in
                if case .success(let list) = prepared { revocations.adopt(list) }
                outcome.update { $0 = prepared.map { $0 != nil } }
            }
        }
        let result = try #require(outcome.first(before: .usual) { $0 })
        if case .failure(let failure) = result { return failure }
        return nil
    }

    /// Waits until a table with so many entries has been published.
    func awaitEntries(_ count: Int, _ place: SourceLocation = #_sourceLocation) {
        let found = published.first(before: .usual) { $0.last?.count == count ? true : nil }
        #expect(found == true, "the list was not taken up; log: \(log.current)", sourceLocation: place)
    }

    /// Waits until so many lines of the log begin with `text`.
    func awaitLog(_ text: String, count: Int = 1, _ place: SourceLocation = #_sourceLocation) {
        let found = log.first(before: .usual) { lines in lines.count { $0.hasPrefix(text) } >= count ? true : nil }
        #expect(found == true, "no such line; log: \(log.current)", sourceLocation: place)
    }

    static func settings(_ path: String?, issuers: [String] = ["main", "login"]) -> Settings {
        let place = ConfigurationPlace(file: "authd.yaml", line: 1, column: 1)
        let origin = ConfigurationOrigin(place: place, path: ConfigurationPath())
        return Settings(
            listeners: ListenersSettings(),
            policy: Policy(issuers: issuers.map { IssuerPolicy(name: $0, algorithms: [.hs256]) }, rules: []),
            keySources: [],
            revocations: path.map { RevocationSettings(file: $0, origin: origin) }
        )
    }
}
