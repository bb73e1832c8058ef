import TestSupport
import Testing

extension AWSLabs {
    @Suite(
        .enabled(
            if: PodmanService.isExpected && LambdaPackages.areExpected,
            "podman needs root, or the zips are not made (make lambda)"
        )
    )
    struct ContainerImageTests {
        private static let podman = RepositoryRoot.path("scripts/lab-podman")
        private static let image = "authd-lab/hello-world"

        private func run(_ arguments: String...) throws {
            let process = try RunningProcess.run(Self.podman, arguments, before: .seconds(300))
            try #require(process.exitStatus == .code(0), "\(process.allOutput)")
        }

        @Test func the_image_of_the_dockerfile_answers_events() throws {
            let images = try RunningProcess.run(
                RepositoryRoot.path("scripts/lab-root"),
                ["--image"],
                before: .seconds(600)
            )
            try #require(images.exitStatus == .code(0), "\(images.allOutput)")
            try run(
                "build",
                "--pull=never",
                "--build-arg",
                "FUNCTION=hello-world",
                "-t",
                Self.image,
                "-f",
                RepositoryRoot.path("deploy/lambda/Dockerfile"),
                LambdaPackages.folder
            )
            let api = try FakeRuntimeAPI()
            // Amazon's entry point, which the lab's image lacks, starts the same file.
            let container = try RunningProcess(
                Self.podman,
                [
                    "run", "--rm", "--network", "host", "--read-only", "--user", "993:993",
                    "--env", "AWS_LAMBDA_RUNTIME_API=\(api.address)", Self.image, "/var/runtime/bootstrap",
                ]
            )
            defer {
                // The function ends with its Runtime API, and the container with the function.
                api.stop()
                _ = try? container.waitForExit(before: .seconds(30))
            }
            let answer = try api.invoke("{}", before: .seconds(120))
            #expect(answer.body == LambdaLab.hello)
            #expect(!answer.isError)
        }
    }
}
