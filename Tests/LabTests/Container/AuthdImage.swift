import Foundation
import TestSupport

/// The image that `deploy/docker/Dockerfile` makes of the program in `.build/dist`, with the labs' Debian in place of one
/// from a registry.
struct AuthdImage: Sendable {
    private static let built = Result { try AuthdImage() }
    static var shared: AuthdImage { get throws { try built.get() } }

    let name = "localhost/authd-test"

    private init() throws {
        let program = RepositoryRoot.path(".build/dist/authd")
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw TestSupportError("\(program) is not there: run make release")
        }
        let base = try RunningProcess.run(RepositoryRoot.path("scripts/lab-root"), ["--image"], before: .seconds(900))
        guard base.exitStatus == .code(0) else { throw TestSupportError("no base image\n\(base.allOutput)") }
        try Container.removeStale()
        let folder = try TemporaryDirectory()
        try folder.makeDirectory("programs")
        try FileManager.default.copyItem(atPath: program, toPath: folder.file("programs/authd"))
        let archive = folder.file("programs.tar")
        let tar = try RunningProcess.run(
            SystemTool.required("tar"),
            ["-C", folder.path, "-c", "-f", archive, "programs"]
        )
        guard tar.exitStatus == .code(0) else { throw TestSupportError(tar.allOutput) }
        let programs = "localhost/authd-programs"
        try Podman.output("import", "--quiet", archive, programs)
        try Podman.output(
            "build",
            "--quiet",
            "--pull=never",
            "--network=none",
            "--file",
            RepositoryRoot.path("deploy/docker/Dockerfile"),
            "--build-arg=SWIFT=\(programs)",
            "--build-arg=BASE=\(Podman.base)",
            "--build-arg=PROGRAMS=\(programs)",
            "--tag",
            name,
            folder.path
        )
    }
}
