import Foundation
import Glibc

/// A real nginx with a configuration of its own, run by the current user in a temporary folder.
package final class NginxFixture {
    package let directory: TemporaryDirectory
    package let address: SocketAddress
    package let process: RunningProcess

    /// The files of `folder` are copied into the temporary folder and changed by `edit`; `main` names the one nginx is
    /// started with. `edit` must make it listen on the port that it is given, and run in the foreground is added here.
    package init(
        folder: String,
        main: String,
        edit: (_ name: String, _ text: String, _ port: Int, _ directory: TemporaryDirectory) -> String,
    ) throws {
        let nginx = try SystemTool.required("nginx")
        let directory = try TemporaryDirectory()
        let port = try FreePort.next()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".conf") {
            let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
            try directory.write(edit(name, text, port, directory), to: name)
        }
        self.directory = directory
        address = .tcp(port: port)
        // One process, so that killing it leaves no worker behind; it also stays the current user.
        process = try RunningProcess(
            nginx,
            ["-p", directory.path, "-c", directory.file(main), "-g", "daemon off; master_process off;"],
        )
        try waitUntilListening()
    }

    deinit {
        process.send(signal: SIGTERM)
        _ = try? process.waitForExit()
    }

    private func waitUntilListening(before deadline: Deadline = .usual) throws {
        while !deadline.isPast {
            if (try? RawConnection(to: address)) != nil { return }
            let pause = Deadline(after: .milliseconds(10))
            if process.output.first(before: pause, { $0.isComplete ? true : nil }) == true { break }
        }
        throw TestSupportError("nginx did not start\n\(process.allOutput)")
    }
}
