/// The files and addresses of a daemon that may or may not be started: bad configurations are tested with these alone.
package struct DaemonFiles {
    package let directory: TemporaryDirectory
    package let configurationFile: String
    package let keyFileName: String
    package let decisionSocket: String
    package let decisionPort: Int
    package let adminPort: Int
    package let proxyPort: Int

    /// `edit` changes the finished YAML text.
    package init(
        _ configuration: DaemonConfiguration = DaemonConfiguration(),
        prepare: ((TemporaryDirectory, DaemonConfiguration) throws -> String)? = nil,
        edit: (String) -> String = { $0 },
    ) throws {
        directory = try TemporaryDirectory()
        for line in configuration.secrets.split(separator: "\n") { Unspeakable.add(secret: line.utf8) }
        if let prepare {
            keyFileName = try prepare(directory, configuration)
        } else {
            keyFileName = "jwt"
            try directory.write(configuration.secrets, to: keyFileName)
        }
        decisionSocket = directory.file("decision.sock")
        decisionPort = try FreePort.next()
        adminPort = try FreePort.next()
        proxyPort = try FreePort.next()
        let yaml = configuration.yaml(
            decisionSocket: decisionSocket,
            decisionPort: decisionPort,
            adminPort: adminPort,
            proxyPort: proxyPort,
            keyFile: directory.file(keyFileName),
        )
        configurationFile = try directory.write(edit(yaml), to: "authd.yaml")
    }
}
