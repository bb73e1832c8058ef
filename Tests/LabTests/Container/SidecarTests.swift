import Foundation
import TestSupport
import Testing

extension ContainerLab {
    /// The pod of `deploy/kubernetes/sidecar.yaml`: its configuration, its mounts, its rights, and a secret that is swapped.
    @Suite struct SidecarTests {
        private static let door = SocketAddress.tcp(port: 8080)
        private static let admin = SocketAddress.tcp(port: 9181)

        private let configuration: TemporaryDirectory
        private let first = LabSecret.fresh()
        private var volume: MountedSecret
        private let authd: Container
        private let hello: Container
        private let network: LabNetwork

        init() throws {
            configuration = try TemporaryDirectory()
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: configuration.path)
            try configuration.write(Manifest.text("authd.yaml", in: "sidecar.yaml"), to: "authd.yaml", mode: 0o644)
            volume = try MountedSecret([first])
            authd = try Container(
                Container.locked + [
                    "--network=none",
                    "--volume=\(configuration.path):/etc/authd/config:ro",
                    "--volume=\(volume.directory.path):/etc/authd/secrets:ro",
                    AuthdImage.shared.name, "serve", "--config", "/etc/authd/config/authd.yaml",
                ]
            )
            hello = try Container(
                Container.locked + [
                    "--network=container:\(authd.identifier)",
                    "--volume=\(RepositoryRoot.path(".build/dist")):/programs:ro",
                    Podman.base, "/programs/hello", "--listen", "127.0.0.1:9090",
                ]
            )
            network = LabNetwork(of: try authd.process())
            try wait(for: 200) { try network.exchange(LabRequest.get("/readyz", nil), with: Self.admin).status }
            try wait(for: 200) { try ask(first.token()) }
        }

        private func wait(for status: Int, _ ask: () throws -> Int) throws {
            let deadline = Deadline.usual
            while (try? ask()) != status {
                guard !deadline.isPast else { throw TestSupportError("never \(status)\n\(try authd.log())") }
            }
        }

        private func ask(_ token: String?) throws -> Int {
            try network.exchange(LabRequest.get("/hello", token), with: Self.door).status
        }

        @Test func only_good_tokens_reach_the_service() throws {
            let answer = try network.exchange(LabRequest.get("/hello", first.token()), with: Self.door)
            #expect(answer.status == 200)
            #expect(answer.text.contains("Hello, world!"))
            #expect(try ask(nil) == 401)
            #expect(try ask(LabSecret.fresh().token()) == 401)
            #expect(try ask(first.token(["aud": "other"])) == 401)
            #expect(try network.exchange(LabRequest.get("/other", first.token()), with: Self.door).status == 403)
        }

        @Test mutating func a_secret_that_is_swapped_under_load_is_taken_up_without_a_wrong_answer() throws {
            let second = LabSecret.fresh()
            let load = RequestLoad(entering: network.enter)
            // Good before, while and after both are in the file.
            let (good, bad) = (first.token(), LabSecret.fresh().token())
            for each in [1, 50] {
                load.start(to: Self.door, requestsEach: each, good: good, bad: bad) {
                    LabRequest.get("/hello", $0, close: $1)
                }
            }
            try load.awaitAnswers(300)
            try volume.swap(to: [second, first])
            try wait(for: 200) { try ask(second.token()) }
            try load.awaitAnswers(300)
            let counts = try load.stop()
            print("swap: \(counts.text)")
            #expect(counts.refused + counts.wrong + counts.unavailable + counts.broken == 0, "\(counts.text)")
            #expect(counts.requests > 600)

            // Within `overlap` the retired one still counts; a forged one never does.
            try volume.swap(to: [second])
            #expect(try ask(second.token()) == 200)
            #expect(try ask(bad) == 401)
            let log = try authd.log()
            for text in LabSecret.unspeakable {
                #expect(!log.contains(text), "the log holds a secret or a part of a token")
            }
        }

        @Test func asked_to_stop_it_ends_by_itself() throws {
            try Podman.output("stop", "--time=30", authd.identifier)
            #expect(try Podman.output("inspect", "--format={{.State.ExitCode}}", authd.identifier) == "0")
        }
    }
}
