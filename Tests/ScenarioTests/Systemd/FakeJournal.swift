import Foundation
import Glibc
import TestSupport

/// A journal socket that only the service sees: it lies at the journal's path in a mount namespace of the service's own.
struct FakeJournal {
    private let directory: TemporaryDirectory
    private let socket: DatagramSocket

    static let isPossible: Bool = {
        guard geteuid() == 0, let unshare = SystemTool.path(of: "unshare") else { return false }
        return (try? RunningProcess.run(unshare, ["--mount", "true"]).exitStatus) == .code(0)
    }()

    /// JOURNAL_STREAM is the device and inode of standard error, as systemd sets it.
    private static let script = """
        set -eu
        mount -t tmpfs none /run
        mkdir -p /run/systemd/journal
        mount --bind "$1" /run/systemd/journal
        export LISTEN_PID=$$
        JOURNAL_STREAM=$(stat -L -c %d:%i /proc/$$/fd/2)
        export JOURNAL_STREAM
        exec "$2" serve --config "$3"
        """

    init() throws {
        directory = try TemporaryDirectory()
        socket = try DatagramSocket(directory.file("socket"))
    }

    func start(_ manager: ServiceManager) throws -> RunningProcess {
        try RunningProcess(
            SystemTool.required("unshare"),
            [
                "--mount", "/bin/sh", "-c", Self.script, "sh", directory.path, BuiltProducts.program("authd"),
                manager.configurationFile,
            ],
            environment: manager.environment(),
            passing: manager.sockets
        )
    }

    /// The next entry with such a field, as its lines.
    func entry(containing text: String) throws -> [String] {
        while let entry = socket.next() {
            let lines = entry.split(separator: "\n").map(String.init)
            if lines.contains(where: { $0.contains(text) }) { return lines }
        }
        throw TestSupportError("no entry with \(text) came")
    }
}
