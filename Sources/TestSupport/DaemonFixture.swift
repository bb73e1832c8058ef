import Glibc

/// An `authd serve` of its own for one test: its configuration, secret and sockets stand in a temporary folder.
package final class DaemonFixture {
    package let directory: TemporaryDirectory
    package let configuration: DaemonConfiguration
    package let process: RunningProcess
    package let decisionSocket: SocketAddress
    package let decision: SocketAddress
    package let admin: SocketAddress
    package let proxy: SocketAddress
    package let configurationFile: String
    /// The name of the key file within `directory`; it may be a link.
    package let keyFileName: String

    /// Writes everything, starts the daemon and waits until it is ready. `prepare` may lay out the folder of the key
    /// file in another way than one plain file; it returns the name of the key file within the folder.
    package init(
        _ configuration: DaemonConfiguration = DaemonConfiguration(),
        environment: [String: String]? = nil,
        prepare: ((TemporaryDirectory, DaemonConfiguration) throws -> String)? = nil,
    ) throws {
        let files = try DaemonFiles(configuration, prepare: prepare)
        self.configuration = configuration
        directory = files.directory
        decisionSocket = .unix(path: files.decisionSocket)
        decision = .tcp(port: files.decisionPort)
        admin = .tcp(port: files.adminPort)
        proxy = .tcp(port: files.proxyPort)
        configurationFile = files.configurationFile
        keyFileName = files.keyFileName
        process = try RunningProcess(
            BuiltProducts.program("authd"),
            ["serve", "--config", files.configurationFile],
            environment: environment,
        )
        try waitUntilReady()
    }

    deinit {
        process.send(signal: SIGKILL)
    }

    /// Writes a changed configuration over the file in use; the daemon takes it up at its next SIGHUP.
    package func rewrite(_ change: (inout DaemonConfiguration) -> Void) throws {
        var changed = configuration
        change(&changed)
        try directory.replace("authd.yaml", with: yaml(changed))
    }

    /// The text of a configuration with this daemon's own addresses.
    package func yaml(_ configuration: DaemonConfiguration) -> String {
        func port(_ address: SocketAddress) -> Int {
            if case .tcp(let port) = address { port } else { 0 }
        }
        return configuration.yaml(
            decisionSocket: directory.file("decision.sock"),
            decisionPort: port(decision),
            adminPort: port(admin),
            proxyPort: port(proxy),
            keyFile: directory.file(keyFileName),
        )
    }

    /// Ready means that `/readyz` says 200. Nothing tells when a TCP port of another process begins to accept, so this
    /// asks again at short intervals; it waits for the end of the process in between and so fails at once when it dies.
    private func waitUntilReady(before deadline: Deadline = .usual) throws {
        while !deadline.isPast {
            if let connection = try? RawConnection(to: admin),
                let response = try? connection.exchange("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                response.status == 200
            {
                return
            }
            let pause = Deadline(after: .milliseconds(10))
            if process.output.first(before: pause, { $0.isComplete ? true : nil }) == true {
                throw TestSupportError(
                    "authd ended at start: \(String(describing: process.exitStatus))\n\(process.allOutput)"
                )
            }
        }
        throw TestSupportError("authd did not become ready\n\(process.allOutput)")
    }
}
