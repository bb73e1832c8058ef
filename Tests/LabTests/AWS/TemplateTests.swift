import Foundation
import TestSupport
import Testing

extension AWSLabs {
    /// `deploy/sam/template.yaml` as a file.
    @Suite(.enabled(if: AWSTool.areExpected(.cfnLint), "cfn-lint is not installed"))
    struct TemplateTests {
        @Test func the_template_is_clean() throws {
            let check = try RunningProcess.run(
                AWSTool.cfnLint.required(),
                ["--regions", AWSTool.region, "--template", RepositoryRoot.path("deploy/sam/template.yaml")],
                environment: AWSTool.environment(),
                before: .seconds(120)
            )
            #expect(check.exitStatus == .code(0), "\(check.allOutput)")
            #expect(check.allOutput.isEmpty, "\(check.allOutput)")
        }
    }
}
