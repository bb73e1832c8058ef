import Foundation
import TestSupport

/// A Debian that systemd has booted, with a network of its own; see `scripts/lab-machine`. It ends with the tests.
final class Machine: Sendable {
    private static let booted = Result { try Machine() }
    /// The one that all tests share.
    static var shared: Machine { get throws { try booted.get() } }

    private let process: RunningProcess
    /// Its init, by the host's number.
    let initIdentifier: Int32

    private init() throws {
        // The folder that it boots is made once, by debootstrap.
        let root = try RunningProcess.run(RepositoryRoot.path("scripts/lab-root"), before: .seconds(900))
        guard root.exitStatus == .code(0) else { throw TestSupportError("no machine can be booted\n\(root.allOutput)") }
        let process = try RunningProcess(RepositoryRoot.path("scripts/lab-machine"), ["authd-lab-\(getpid())"])
        try process.waitForLine(containing: "multi-user.target", before: .seconds(120))
        let children = "/proc/\(process.processIdentifier)/task/\(process.processIdentifier)/children"
        let child = try String(contentsOfFile: children, encoding: .utf8).split(separator: " ").first
        guard let identifier = child.flatMap({ Int32($0) }) else { throw TestSupportError("the machine has no init") }
        self.process = process
        initIdentifier = identifier
        _ = try run("systemctl", "is-system-running", "--wait")
    }

    /// Runs a command in the machine to its end, whatever that is.
    func run(_ command: String..., before deadline: Deadline = .seconds(120)) throws -> RunningProcess {
        try RunningProcess.run(
            SystemTool.required("nsenter"),
            ["-t", String(initIdentifier), "-m", "-u", "-i", "-n", "-p", "--"] + command,
            environment: [
                "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive",
                "SYSTEMD_PAGER": "", "SYSTEMD_COLORS": "0", "COLUMNS": "200",
            ],
            before: deadline
        )
    }

    /// What a command that must succeed writes to its standard output, without the last line end.
    @discardableResult
    func output(_ shell: String, before deadline: Deadline = .seconds(120)) throws -> String {
        let process = try run("sh", "-ec", shell, before: deadline)
        guard process.exitStatus == .code(0) else {
            let status = try run("systemctl", "status", "authd.service", "authd.socket", "--lines=20")
            throw TestSupportError("\(shell)\n\(process.allOutput)\n\(status.allOutput)")
        }
        return process.standardOutput.hasSuffix("\n")
            ? String(process.standardOutput.dropLast()) : process.standardOutput
    }

    /// A file of the machine, as the host sees it. No link on the way may be absolute.
    func path(_ path: String) -> String { "/proc/\(initIdentifier)/root\(path)" }

    func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: self.path(path)))
    }

    func copy(_ file: String, to path: String) throws {
        try? FileManager.default.removeItem(atPath: self.path(path))
        try FileManager.default.copyItem(atPath: file, toPath: self.path(path))
    }

    /// Whether the machine's log says what it should, now or soon.
    func journal(says text: String, since cursor: String, before deadline: Deadline = .usual) throws -> Bool {
        while !deadline.isPast {
            if try output("journalctl -u authd -o cat --after-cursor='\(cursor)'").contains(text) { return true }
            pause()
        }
        return false
    }

    /// Where the log stands now.
    func journalCursor() throws -> String {
        let last = try output("journalctl --sync; journalctl -n 0 --show-cursor")
        return String(last.split(separator: "\n").last?.drop { $0 != ":" }.dropFirst(2) ?? "")
    }

    /// A moment, or less where the machine ends: for what nothing tells of.
    func pause() { process.outlives(Deadline(after: .milliseconds(50))) }
}
