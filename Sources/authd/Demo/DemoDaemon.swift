internal import Daemon
internal import Platform
internal import Synchronization

/// `authd demo`: the daemon as it is, with a configuration and a secret of its own and the hello program behind it.
struct DemoDaemon {
    let addresses: DemoAddresses
    let directory: DemoDirectory
    let upstream: DemoUpstream

    /// Runs until SIGTERM or Ctrl-C. The child has ended and the files are gone when it returns or throws.
    func run() throws(CommandFailure) -> Int32 {
        let program = try ExecutablePath.own()
        let hello = try ExecutablePath.sibling("hello")
        PendingSignals.hold()
        try addresses.requireFree()
        _ = try SecretFile.rotate(directory.secretFile, creates: true)
        try write(DemoConfiguration(directory: directory, addresses: addresses, upstream: upstream).yaml)
        let child = try ChildProcess(hello, ["--listen", upstream.listenArgument])
        defer { child.stop() }
        // It says where it listens when it does.
        guard child.waitForOutput(milliseconds: 5000) else {
            throw CommandFailure(.failed, "the hello program ended at its start, at \(upstream.listenArgument)")
        }
        return serve(DemoText(program: program, directory: directory, addresses: addresses).lines)
    }

    private func serve(_ greeting: [String]) -> Int32 {
        let wasReady = Mutex(false)
        let code = DaemonMain.run(configurationPath: directory.configurationFile, confines: false) {
            wasReady.withLock { $0 = true }
            // Whoever closed standard output does not want to read it.
            try? Output.line(greeting.joined(separator: "\n"))
        }
        if code != 0, !wasReady.withLock({ $0 }) {
            Output.error("authd: where an address is taken, choose another: --proxy, --decision or --admin HOST:PORT")
        }
        return code
    }

    private func write(_ yaml: String) throws(CommandFailure) {
        do throws(FileError) {
            try AtomicFile.replace(
                directory.configurationFile,
                with: Array(yaml.utf8).span,
                permissions: .exactly(0o600)
            )
        } catch {
            throw CommandFailure(error)
        }
    }
}
