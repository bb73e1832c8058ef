import Foundation
import TestSupport

/// podman behind the API of Docker, with the labs' images in it (`scripts/lab-podman`, `scripts/lab-root`).
final class PodmanService {
    private let directory: TemporaryDirectory
    private let process: RunningProcess
    /// What clients take as `DOCKER_HOST`.
    let host: String

    /// Whether the labs with containers should run: podman needs root here.
    static var isExpected: Bool {
        SystemTool.isContinuousIntegration || (getuid() == 0 && SystemTool.path(of: "podman") != nil)
    }

    init() throws {
        let images = try RunningProcess.run(
            RepositoryRoot.path("scripts/lab-root"),
            ["--image"],
            before: .seconds(600)
        )
        guard images.exitStatus == .code(0) else { throw TestSupportError("scripts/lab-root\n\(images.allOutput)") }
        directory = try TemporaryDirectory()
        let socket = directory.file("podman.sock")
        host = "unix://" + socket
        process = try RunningProcess(
            RepositoryRoot.path("scripts/lab-podman"),
            ["system", "service", "-t", "0", host]
        )
        try process.waitUntilListening(on: .unix(path: socket))
    }

    deinit {
        _ = try? process.stop()
    }
}

extension RunningProcess {
    /// Waits until something accepts connections at `address`, or until this program has ended.
    func waitUntilListening(on address: SocketAddress, before deadline: Deadline = .seconds(120)) throws {
        while !deadline.isPast {
            if (try? RawConnection(to: address)) != nil { return }
            if !outlives(Deadline(after: .milliseconds(20))) { break }
        }
        throw TestSupportError("\(name) does not listen\n\(allOutput)")
    }
}
