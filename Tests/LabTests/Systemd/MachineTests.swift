import Foundation
import TestSupport
import Testing

extension SystemdLab {
    @Suite struct MachineTests {
        @Test func a_machine_ends_and_leaves_nothing_when_whoever_started_it_is_killed() throws {
            // So that the folder is there, and nothing has to be made.
            _ = try Machine.shared
            let name = "authd-lab-\(getpid())-orphan"
            let keeper = try RunningProcess(
                "/bin/sh",
                ["-c", "\(RepositoryRoot.path("scripts/lab-machine")) \(name); true"]
            )
            try keeper.waitForLine(containing: "multi-user.target", before: .seconds(120))
            keeper.send(signal: SIGKILL)
            // The machine holds the pipes of its output for as long as it lives.
            try keeper.waitForExit(before: .seconds(60))
            let deadline = Deadline.seconds(60)
            while FileManager.default.fileExists(atPath: "/run/authd-lab/\(name)"), !deadline.isPast {
                try Machine.shared.pause()
            }
            let left = try RunningProcess.run(
                "/bin/sh",
                ["-c", "ls -d /run/authd-lab/\(name) /sys/fs/cgroup/*/\(name) /sys/fs/cgroup/\(name)"]
            )
            #expect(left.standardOutput.isEmpty, "\(left.standardOutput)")
        }
    }
}
