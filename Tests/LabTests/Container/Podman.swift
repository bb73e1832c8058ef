import TestSupport

/// podman with the labs' own configuration and storage; see `scripts/lab-podman`.
enum Podman {
    /// The image that a container of the labs can be made of: a small Debian.
    static let base = "localhost/authd-lab"

    static func run(_ arguments: [String], before deadline: Deadline = .seconds(120)) throws -> RunningProcess {
        try RunningProcess.run(RepositoryRoot.path("scripts/lab-podman"), arguments, before: deadline)
    }

    /// What a command that must succeed writes, without the last line end.
    @discardableResult
    static func output(_ arguments: String..., before deadline: Deadline = .seconds(240)) throws -> String {
        let process = try run(arguments, before: deadline)
        guard process.exitStatus == .code(0) else {
            throw TestSupportError("podman \(arguments.joined(separator: " "))\n\(process.allOutput)")
        }
        return String(
            process.standardOutput.split(separator: "\n", omittingEmptySubsequences: false).dropLast().joined(
                separator: "\n"
            )
        )
    }
}
