import Foundation
import TestSupport
import Testing

extension AWSLabs {
    /// The Terraform files by themselves: nothing answers for AWS here.
    @Suite(.enabled(if: AWSTool.areExpected(.terraform), "terraform is not installed"))
    struct TerraformFilesTests {
        @Test func files_are_formatted() throws {
            let check = try RunningProcess.run(
                AWSTool.terraform.required(),
                ["fmt", "-check", "-diff", "-recursive", TerraformFolder.source],
                environment: AWSTool.environment()
            )
            #expect(check.exitStatus == .code(0), "\(check.allOutput)")
        }

        @Test func what_is_wrong_is_refused_and_what_is_weak_is_named() throws {
            let folder = try TerraformFolder()
            for name in ["hello-world", "lambda-authorizer", "apigw-invoker"] {
                try folder.directory.write("", to: "\(name).zip")
            }
            try folder.initialize()
            let run = try folder.run("test", "-no-color", "-var=packages=\(folder.directory.path)")
            #expect(run.exitStatus == .code(0), "\(run.allOutput)")
            #expect(run.allOutput.contains(" passed, 0 failed"), "\(run.allOutput)")
        }

        @Test func every_variable_is_described_and_validated() throws {
            let files = FileManager.default.enumerator(atPath: TerraformFolder.source)
            var count = 0
            while let name = files?.nextObject() as? String {
                guard name.hasSuffix(".tf"), !name.contains(".terraform/") else { continue }
                let text = try String(contentsOfFile: TerraformFolder.source + "/" + name, encoding: .utf8)
                for block in text.components(separatedBy: "\nvariable \"").dropFirst(text.hasPrefix("variable") ? 0 : 1)
                {
                    count += 1
                    let variable = block.components(separatedBy: "\n}\n")[0]
                    #expect(variable.contains("description = \""), "\(name): \(variable)")
                    #expect(variable.contains("type        = "), "\(name): \(variable)")
                    let isFree = variable.contains("type        = list(") || variable.contains("type        = map(")
                    #expect(isFree || variable.contains("validation {"), "\(name): \(variable)")
                }
            }
            #expect(count > 20)
        }
    }
}
