internal import Authorization
internal import Configuration
internal import Daemon
internal import JOSE
internal import Logging
internal import NIOCore
internal import NIOPosix

/// The keys of a configuration that stand on this machine, loaded once by the daemon's own code. Nothing is fetched: a
/// command that looks at a configuration asks nobody.
struct LoadedKeys: Sendable {
    /// One for each issuer, in the order of the policy; nil where they could not be loaded, or would have to be fetched.
    let rings: [KeyRing?]
    let failures: [KeySourceFailure]
    /// What the operator should know of keys that were loaded.
    let remarks: [KeySourceFailure]

    /// Reads every key source; waits for files that are being written, a second each at most.
    init(_ settings: Settings) throws(CommandFailure) {
        // Keys are locked in memory where the limit allows it; where it does not, they are still wiped.
        _ = SecureHeap.enable()
        do {
            self = try Self.load(settings)
        } catch {
            throw CommandFailure(.internal, "the key sources cannot be read: no event loop")
        }
    }

    private init(_ sources: KeySources, failures: [KeySourceFailure]) {
        rings = sources.keyRings
        remarks = sources.remarks
        self.failures = failures
    }

    /// Key sources belong to an event loop, so there is one for the length of this call.
    private static func load(_ settings: Settings) throws -> LoadedKeys {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        defer { try? group.syncShutdownGracefully() }
        let loop = group.next()
        return try loop.submit {
            let silent = Logger(label: "authd") { _ in SwiftLogNoOpLogHandler() }
            let sources = KeySources(settings, eventLoop: loop, log: silent)
            let fetched = fetchedIssuers(settings)
            let failures = sources.loadAll().filter { failure in !fetched.contains { $0 == failure.issuer } }
            return LoadedKeys(sources, failures: failures)
        }.wait()
    }

    /// The names of the issuers whose keys come over the network.
    private static func fetchedIssuers(_ settings: Settings) -> [String] {
        zip(settings.policy.issuers, settings.keySources).compactMap { issuer, keys in
            if case .remote = keys.source { issuer.name } else { nil }
        }
    }
}
