import Foundation
import TestSupport

/// A copy of `deploy/terraform` in which nothing but the endpoints differs. The examples are modules of it, so that one
/// apply makes everything.
final class TerraformFolder: Sendable {
    let directory: TemporaryDirectory

    static let source = RepositoryRoot.path("deploy/terraform")
    static let examples = ["http-api", "websocket"]

    /// - Parameter endpoint: answers for AWS; nil: the copy is as shipped.
    init(endpoint: String? = nil) throws {
        directory = try TemporaryDirectory()
        let files = FileManager.default.enumerator(atPath: Self.source)
        while let name = files?.nextObject() as? String {
            guard name.hasSuffix(".tf") || name.hasSuffix(".tftest.hcl"), !name.contains(".terraform/") else {
                continue
            }
            let target = directory.file(name)
            try FileManager.default.createDirectory(
                atPath: (target as NSString).deletingLastPathComponent,
                withIntermediateDirectories: true
            )
            try FileManager.default.copyItem(atPath: Self.source + "/" + name, toPath: target)
        }
        guard let endpoint else { return }
        try directory.write(Self.override(endpoint), to: "moto_override.tf")
        // As modules they share the provider; each of their own would be one more process.
        for example in Self.examples { try dropProvider(of: "examples/\(example)/versions.tf") }
        try directory.write(Self.examples.map(Self.module).joined(), to: "examples.tf")
    }

    private func dropProvider(of file: String) throws {
        let parts = try String(contentsOfFile: directory.file(file), encoding: .utf8)
            .components(separatedBy: "provider \"aws\" {\n  region = var.region\n}\n")
        guard parts.count == 2 else { throw TestSupportError("no provider in \(file)") }
        try directory.write(parts.joined(), to: file)
    }

    /// Terraform merges a file of this name into the provider's block.
    private static func override(_ endpoint: String) -> String {
        let services = ["apigateway", "apigatewayv2", "iam", "lambda", "logs", "sts"]
        return """
            provider "aws" {
              endpoints {
            \(services.map { "    \($0) = \"\(endpoint)\"\n" }.joined())  }
            }

            """
    }

    private static func module(_ example: String) -> String {
        """
        module "\(example)" {
          source     = "./examples/\(example)"
          packages   = var.packages
          jwt_secret = "\(String(repeating: "0123456789", count: 4))"
        }
        output "\(example)" { value = module.\(example).url }

        """
    }

    /// Runs terraform in the folder to its end, whatever it exits with.
    func run(_ arguments: String..., before deadline: Deadline = .seconds(240)) throws -> RunningProcess {
        try RunningProcess.run(
            AWSTool.terraform.required(),
            ["-chdir=\(directory.path)"] + arguments,
            environment: AWSTool.environment(),
            before: deadline
        )
    }

    /// Fetches the provider, from the machine's own mirror where `scripts/bootstrap --tests` has found one.
    func initialize() throws {
        let mirror = RepositoryRoot.path(".build-tools/terraform-plugins")
        let hasMirror = FileManager.default.fileExists(atPath: mirror)
        let ready = try run("init", "-no-color", "-input=false", hasMirror ? "-plugin-dir=\(mirror)" : "-upgrade")
        guard ready.exitStatus == .code(0) else { throw TestSupportError("terraform init\n\(ready.allOutput)") }
    }
}
