import Foundation

/// A function under AWS's own runtime interface emulator, which comes with the wheel of the SAM CLI.
package final class LambdaEmulator {
    /// Where the emulator is; nil where it is not installed.
    package static let path: String? = {
        if let path = SystemTool.path(of: "aws-lambda-rie") { return path }
        #if arch(arm64)
        let name = "aws-lambda-rie-arm64"
        #else
        let name = "aws-lambda-rie-x86_64"
        #endif
        let library = RepositoryRoot.path(".build-tools/aws/lib")
        for python in (try? FileManager.default.contentsOfDirectory(atPath: library)) ?? [] {
            let path = "\(library)/\(python)/site-packages/samcli/local/rapid/\(name)"
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        return nil
    }()

    /// Whether a test that needs it should run: in continuous integration its absence is a failure.
    package static var isExpected: Bool { SystemTool.isContinuousIntegration || path != nil }

    package let process: RunningProcess
    private let address: SocketAddress

    /// Starts the emulator; it starts the function with the first event.
    /// - Parameters:
    ///   - program: the path of the function's program.
    ///   - environment: the function's.
    ///   - authority: a PEM file that takes the place of the system's certificate authorities; it takes root.
    package init(_ program: String, environment: [String: String] = [:], trusting authority: String? = nil) throws {
        guard let emulator = Self.path else {
            throw TestSupportError("aws-lambda-rie is not there: run scripts/bootstrap --tests")
        }
        let port = try FreePort.next()
        address = .tcp(port: port)
        let command = [
            emulator, "--runtime-interface-emulator-address", "127.0.0.1:\(port)", "--runtime-api-address",
            "127.0.0.1:\(try FreePort.next())", program,
        ]
        // Mounted for this process and its children alone.
        let mount = "mount --bind \"$0\" /etc/ssl/certs/ca-certificates.crt && exec \"$@\""
        let whole = authority.map { ["/usr/bin/unshare", "--mount", "/bin/sh", "-c", mount, $0] + command } ?? command
        process = try RunningProcess(
            whole[0],
            Array(whole.dropFirst()),
            environment: environment.merging(["AWS_LAMBDA_FUNCTION_TIMEOUT": "60"]) { mine, _ in mine }
        )
        try waitUntilListening()
    }

    deinit {
        // The emulator kills the function before it ends itself.
        _ = try? process.stop()
    }

    /// The body of what the caller of the function gets for an event: the answer, or an object with `errorMessage`.
    package func invoke(_ event: String) throws -> String {
        let connection = try RawConnection(to: address)
        let response = try connection.exchange(
            "POST /2015-03-31/functions/function/invocations HTTP/1.1\r\nHost: \(address)\r\nConnection: close\r\n"
                + "Content-Length: \(event.utf8.count)\r\n\r\n\(event)",
            before: .seconds(60)
        )
        return response.text
    }

    private func waitUntilListening(before deadline: Deadline = .usual) throws {
        while !deadline.isPast {
            if (try? RawConnection(to: address)) != nil { return }
            if !process.outlives(Deadline(after: .milliseconds(10))) { break }
        }
        throw TestSupportError("the emulator did not start\n\(process.allOutput)")
    }
}
