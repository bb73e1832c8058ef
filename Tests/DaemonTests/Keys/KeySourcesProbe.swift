import Authorization
import Configuration
import Logging
import NIOCore
import NIOPosix
import Platform
import TestSupport
import Testing

@testable import Daemon

/// Key sources at work on a control loop, with everything that they publish and log written down.
final class KeySourcesProbe: Sendable {
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let loop: any EventLoop
    private let sources: NIOLoopBound<KeySources>
    private let published = Awaited<[[KeyRing?]]>([])
    let log = Awaited<[String]>([])

    init(_ settings: Settings) throws {
        let loop = group.next()
        let log = log
        let logger = Logger(label: "test") { _ in RecordingLogHandler(records: log) }
        self.loop = loop
        sources = try loop.submit {
            NIOLoopBound(KeySources(settings, eventLoop: loop, log: logger), eventLoop: loop)
        }.wait()
    }

    deinit {
        stop()
        try? group.syncShutdownGracefully()
    }

    /// Loads, and starts to watch. There is no poll, so that only the watch can find a change.
    func start() throws {
        #expect(try load() == [])
        let published = published
        try on { sources in
            sources.start { rings in published.update { $0.append(rings) } }
            sources.watch?.stopPolling()
        }
    }

    func load() throws -> [KeySourceFailure] { try on { $0.loadAll() } }
    func update(_ settings: Settings) throws -> [KeySourceFailure] { try on { $0.update(settings) } }
    func reloadNow() throws { try on { $0.reloadNow() } }
    func stop() { try? on { $0.stop() } }
    func status() throws -> [KeySourceStatus] { try on { $0.status } }
    func rings() throws -> [KeyRing?] { try on { $0.keyRings } }

    /// Without a watch, as on a kernel that gives none.
    func goDeaf() throws {
        try on { $0.watch?.goDeaf() }
    }

    func on<Result: Sendable>(_ act: @escaping @Sendable (KeySources) throws -> Result) throws -> Result {
        let sources = sources
        return try loop.submit { try act(sources.value) }.wait()
    }

    var publications: Int { published.current.count }

    /// Waits until the current secrets of the first issuer are these.
    func awaitSecrets(_ secrets: [String], _ place: SourceLocation = #_sourceLocation) {
        let found = published.first(before: .usual) { rings in
            (rings.last?.first ?? nil)?.currentSecrets == secrets ? true : nil
        }
        #expect(found == true, "the keys were not taken up; log: \(log.current)", sourceLocation: place)
    }

    /// Waits until so many lines of the log begin with `text`.
    func awaitLog(_ text: String, count: Int = 1, _ place: SourceLocation = #_sourceLocation) {
        let found = log.first(before: .usual) { lines in
            lines.count { $0.hasPrefix(text) } >= count ? true : nil
        }
        #expect(found == true, "no such line; log: \(log.current)", sourceLocation: place)
    }

    /// Waits until the last published ring has no retired key.
    func awaitNoRetired(_ place: SourceLocation = #_sourceLocation) {
        let found = published.first(before: .usual) { rings in
            (rings.last?.first ?? nil)?.retiredSecrets.isEmpty == true ? true : nil
        }
        #expect(found == true, sourceLocation: place)
    }

    /// Every set of current secrets of the first issuer that was ever published, in order.
    var history: [[String]] { published.current.map { ($0.first ?? nil)?.currentSecrets ?? [] } }
}

/// Writes each record down as one line.
struct RecordingLogHandler: LogHandler {
    let records: Awaited<[String]>
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel = Logger.Level.trace

    init(records: Awaited<[String]>) { self.records = records }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = (event.metadata ?? [:]).map { "\($0)=\($1)" }.sorted().joined(separator: " ")
        records.update { $0.append("\(event.message) \(fields)") }
    }
}
