import Foundation
import TestSupport
import Testing

extension ContainerLab {
    @Suite struct ManifestTests {
        /// Kubernetes' own schema, strictly, and what Pod Security calls `restricted`.
        @Test(
            .enabled(
                if: LabTools.hasWheel("kubernetes-validate"),
                "kubernetes-validate is not installed (scripts/bootstrap --tests)"
            ),
            arguments: Manifest.files
        )
        func the_manifests_follow_kubernetes_schema_and_the_restricted_standard(file: String) throws {
            let check = try RunningProcess.run(
                LabTools.wheel("python"),
                ["-c", ManifestCheck.program, Manifest.path(file)]
            )
            #expect(check.exitStatus == .code(0), "\(check.allOutput)")
            #expect(check.standardOutput.contains("Deployment"))
        }

        @Test(
            .enabled(
                if: LabTools.hasWheel("kubernetes-validate"),
                "kubernetes-validate is not installed (scripts/bootstrap --tests)"
            ),
            arguments: ["hostNetwork: true", "securitycontext: {}", "runAsNonRoot: false"]
        )
        func a_manifest_with_a_fault_is_found_out(fault: String) throws {
            let folder = try TemporaryDirectory()
            let text = try String(contentsOfFile: Manifest.path("sidecar.yaml"), encoding: .utf8)
            let changed =
                fault == "runAsNonRoot: false"
                ? text.replacing("runAsNonRoot: true", with: fault)
                : text.replacing("      enableServiceLinks: false", with: "      \(fault)")
            let path = try folder.write(changed, to: "sidecar.yaml")
            #expect(
                try RunningProcess.run(LabTools.wheel("python"), ["-c", ManifestCheck.program, path]).exitStatus
                    == .code(1)
            )
        }

        @Test(arguments: Manifest.files)
        func the_configuration_of_every_manifest_is_valid(file: String) throws {
            let folder = try TemporaryDirectory()
            try folder.makeDirectory("secrets")
            try folder.write(LabSecret.fresh().text, to: "secrets/jwt", mode: 0o440)
            let text = try Manifest.text("authd.yaml", in: file).replacing("/etc/authd", with: folder.path)
            let path = try folder.write(text, to: "authd.yaml")
            let check = try RunningProcess.run(RepositoryRoot.path(".build/dist/authd"), ["check", "--config", path])
            #expect(check.exitStatus == .code(0), "\(check.allOutput)")
        }
    }
}
