import Foundation
import TestSupport

/// The programs that these labs drive.
enum AWSTool: String, CaseIterable {
    case aws
    case cfnLint = "cfn-lint"
    case moto = "moto_server"
    case sam
    case terraform

    /// Where `scripts/bootstrap --tests` puts what the machine lacks.
    private static let venv = RepositoryRoot.path(".build-tools/aws")

    var path: String? {
        let own = Self.venv + "/bin/" + rawValue
        return FileManager.default.isExecutableFile(atPath: own) ? own : SystemTool.path(of: rawValue)
    }

    /// Whether tests that need `tools` should run: where they are installed, and always in continuous integration.
    static func areExpected(_ tools: AWSTool...) -> Bool {
        SystemTool.isContinuousIntegration || tools.allSatisfy { $0.path != nil }
    }

    func required() throws -> String {
        guard let path else { throw TestSupportError("\(rawValue) is not installed: run scripts/bootstrap --tests") }
        return path
    }

    /// An environment in which no tool finds an account of the user's, and none reports home.
    static func environment(_ more: [String: String] = [:]) -> [String: String] {
        ProcessInfo.processInfo.environment
            .filter { !$0.key.hasPrefix("AWS_") && !$0.key.hasPrefix("TF_") }
            .merging([
                "AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": region,
                "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
                "TF_CLI_CONFIG_FILE": "/dev/null", "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1",
                "SAM_CLI_TELEMETRY": "0",
            ]) { $1 }
            .merging(more) { $1 }
    }

    static let region = "ap-southeast-3"
}
