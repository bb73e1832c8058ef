import TestSupport

/// One running container, which goes away with the object.
final class Container {
    /// What every container of the manifests is held to.
    static let locked = [
        "--read-only", "--read-only-tmpfs=false", "--user=65532:65532", "--cap-drop=ALL",
        "--security-opt=no-new-privileges",
    ]

    private static let label = "authd.lab.test"

    let identifier: String

    /// Removes what a test run that was killed has left.
    static func removeStale() throws {
        let stale = try Podman.output("ps", "--all", "--quiet", "--filter=label=\(label)").split(separator: "\n")
        guard !stale.isEmpty else { return }
        _ = try Podman.run(["rm", "--force", "--depend", "--time=0"] + stale.map(String.init))
    }

    /// - Parameter arguments: of `podman run`, up to the image and its command.
    init(_ arguments: [String]) throws {
        let run = try Podman.run(["run", "--detach", "--label=\(Self.label)"] + arguments)
        guard run.exitStatus == .code(0), let line = run.standardOutput.split(separator: "\n").last else {
            throw TestSupportError("podman run \(arguments)\n\(run.allOutput)")
        }
        identifier = String(line)
    }

    deinit {
        if let log = try? log() { ProgramLogs.search(log, of: "container \(identifier)") }
        // Together with what shares its network.
        _ = try? Podman.run(["rm", "--force", "--depend", "--time=0", identifier])
    }

    /// The number of its first process, on the host.
    func process() throws -> Int32 {
        guard let number = Int32(try Podman.output("inspect", "--format={{.State.Pid}}", identifier)), number > 0 else {
            throw TestSupportError("the container has ended\n\(try log())")
        }
        return number
    }

    func log() throws -> String { try Podman.run(["logs", identifier]).allOutput }
}
