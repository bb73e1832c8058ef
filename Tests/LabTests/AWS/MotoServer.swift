import TestSupport

/// moto, which answers AWS's API on this machine and forgets everything when it ends.
final class MotoServer: Sendable {
    let endpoint: String
    private let process: RunningProcess

    init() throws {
        let port = try FreePort.next()
        endpoint = "http://127.0.0.1:\(port)"
        // AWSLambdaBasicExecutionRole is a policy of AWS's own: moto knows those only when asked to.
        process = try RunningProcess(
            AWSTool.moto.required(),
            ["-H", "127.0.0.1", "-p", String(port)],
            environment: AWSTool.environment(["MOTO_IAM_LOAD_MANAGED_POLICIES": "true"])
        )
        try process.waitForLine(containing: "Running on", before: .seconds(60))
    }

    /// Asks with the `aws` command, all questions at once, since each is a program that takes its time to start.
    func ask(_ questions: [String: String]) throws -> [String: JSONTree] {
        let aws = try AWSTool.aws.required()
        let running = try questions.mapValues { question in
            try RunningProcess(
                aws,
                question.split(separator: " ").map(String.init) + ["--endpoint-url", endpoint, "--output", "json"],
                environment: AWSTool.environment()
            )
        }
        return try running.mapValues { call in
            guard try call.waitForExit(before: .seconds(120)) == .code(0) else {
                throw TestSupportError("\(call.name)\n\(call.allOutput)")
            }
            return try JSONTree(call.standardOutput)
        }
    }
}
