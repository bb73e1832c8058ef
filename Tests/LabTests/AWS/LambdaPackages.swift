import Foundation
import TestSupport

/// The zips that `make lambda` made. `make test` makes them before the tests run.
enum LambdaPackages {
    static let folder = RepositoryRoot.path(".build/dist/lambda")

    /// The program in a zip.
    static func program(_ name: String) -> String { "\(folder)/\(name)/bootstrap" }

    static let areThere = ["hello-world", "lambda-authorizer", "apigw-invoker"].allSatisfy {
        FileManager.default.fileExists(atPath: "\(folder)/\($0).zip")
    }

    /// Whether tests that need the zips should run: where they are made, and always in continuous integration.
    static let areExpected = areThere || SystemTool.isContinuousIntegration
}
