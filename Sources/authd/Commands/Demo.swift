internal import ArgumentParser

/// `authd demo`.
struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run everything on this machine, with commands to try it.",
        discussion: """
            Example:
              authd demo
              authd demo --proxy 127.0.0.1:18080 --decision 127.0.0.1:19180 \\
                --admin 127.0.0.1:19181

            Starts the hello program behind the built-in proxy, with a fresh secret in a directory of its own. Nothing \
            outside this machine can connect. Ctrl-C ends it and deletes the directory.
            """
    )

    @Option(help: ArgumentHelp("Where the proxy listens.", valueName: "address"))
    var proxy = "127.0.0.1:8080"

    @Option(help: ArgumentHelp("Where the decision endpoint listens.", valueName: "address"))
    var decision = "127.0.0.1:9180"

    @Option(help: ArgumentHelp("Where the admin endpoint listens.", valueName: "address"))
    var admin = "127.0.0.1:9181"

    @Option(help: ArgumentHelp("Where hello listens. (default: a Unix socket in the directory)", valueName: "address"))
    var upstream: String?

    @Option(
        help: "A new or empty directory for the files, which are deleted at the end. (default: a temporary one)",
        completion: .directory
    )
    var directory: String?

    func run() throws {
        throw ArgumentParser.ExitCode(try runDaemon())
    }

    /// The files are gone when it returns or throws, before the process exits.
    private func runDaemon() throws(CommandFailure) -> Int32 {
        let addresses = try DemoAddresses(proxy: proxy, decision: decision, admin: admin)
        let files = if let directory { try DemoDirectory(at: directory) } else { try DemoDirectory() }
        defer { files.remove() }
        let demo = DemoDaemon(
            addresses: addresses,
            directory: files,
            upstream: upstream.map { .tcp($0) } ?? .unix(files.upstreamSocket)
        )
        return try demo.run()
    }
}
