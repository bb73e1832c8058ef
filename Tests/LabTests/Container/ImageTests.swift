import Foundation
import TestSupport
import Testing

extension ContainerLab {
    @Suite struct ImageTests {
        private static let megabytes = 80

        @Test func the_image_is_small_and_has_no_root_and_no_shell() throws {
            let image = try AuthdImage.shared
            #expect(try Podman.output("image", "inspect", "--format={{.Config.User}}", image.name) == "65532:65532")
            let size = try Podman.output("image", "inspect", "--format={{.Size}}", image.name)
            let bytes = try #require(Int(size))
            #expect(bytes < Self.megabytes * 1_000_000)
            print("image: \(bytes) bytes")
            let shell = try Podman.run([
                "run", "--rm", "--network=none", "--entrypoint=/bin/sh", image.name, "-c", "true",
            ])
            #expect(shell.exitStatus != .code(0))
            let version = try Podman.run(
                ["run", "--rm", "--network=none"] + Container.locked + [image.name, "version"]
            )
            #expect(version.standardOutput.hasPrefix("authd "))
        }

        @Test func without_a_configuration_it_ends_in_78_and_says_what_is_missing() throws {
            let run = try Podman.run(["run", "--rm", "--network=none"] + Container.locked + [AuthdImage.shared.name])
            #expect(run.exitStatus == .code(78))
            #expect(run.allOutput.contains("/etc/authd/authd.yaml"))
        }

        @Test func the_guides_command_checks_a_mounted_configuration() throws {
            try Podman.output("tag", AuthdImage.shared.name, "localhost/authd")
            let folder = try TemporaryDirectory()
            let group: [FileAttributeKey: Any] = [.posixPermissions: 0o750, .groupOwnerAccountID: 65532]
            try folder.makeDirectory("authd")
            try folder.makeDirectory("authd/secrets")
            for name in ["", "authd", "authd/secrets"] {
                try FileManager.default.setAttributes(group, ofItemAtPath: folder.file(name))
            }
            let settings = try Manifest.text("authd.yaml", in: "sidecar.yaml")
            for (name, text) in [("authd/authd.yaml", settings), ("authd/secrets/jwt", LabSecret.fresh().text)] {
                let path = try folder.write(text, to: name, mode: 0o440)
                try FileManager.default.setAttributes([.groupOwnerAccountID: 65532], ofItemAtPath: path)
            }
            let command = try InstallGuide.block("sh", containing: "docker run")
            let run = try RunningProcess.run(
                "/bin/sh",
                [
                    "-ec",
                    "cd \(folder.path); docker() { \(RepositoryRoot.path("scripts/lab-podman")) \"$@\"; }\n\(command)",
                ],
                before: .seconds(60)
            )
            #expect(run.exitStatus == .code(0), "\(run.allOutput)")
            #expect(run.allOutput.contains("is valid"), "\(run.allOutput)")
        }
    }
}
