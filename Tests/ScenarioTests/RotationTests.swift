import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// Rotation under load. `AUTHD_ROTATION_SECONDS` says for how long, 10 by default; a release is tried with 60.
    @Suite struct RotationTests {
        private static let seconds = Int(ProcessInfo.processInfo.environment["AUTHD_ROTATION_SECONDS"] ?? "") ?? 10
        private static let period = Duration.seconds(2)

        private static func secret(_ number: Int) -> String {
            "rotation-\(number)-" + TokenMint.base64url(SHA2.sha256.hash(Array("seed \(number)".utf8)))
        }

        private static func token(_ number: Int) -> String {
            TokenMint(secret: secret(number)).token(["exp": .number(Int(Date().timeIntervalSince1970) + 3600)])
        }

        /// The file of generation `number`: the new secret first, the one before second.
        private static func file(_ number: Int) -> String {
            secret(number) + "\n" + secret(number - 1) + "\n"
        }

        private func daemon(upstream: SocketAddress? = nil) throws -> DaemonFixture {
            var configuration = DaemonConfiguration(upstream: upstream)
            configuration.secrets = Self.file(1)
            return try DaemonFixture(configuration) { directory, configuration in
                try SecretVolume.layOut(in: directory, configuration.secrets)
            }
        }

        private func status(_ daemon: DaemonFixture, _ token: String) throws -> Int {
            try RawConnection(to: daemon.decision).exchange(question("GET", "/hello", token: token)).status
        }

        /// Asks on new connections, which go to all event loops in turn, until eight answers in a row are the one.
        private func wait(_ daemon: DaemonFixture, for token: String, toGet wanted: Int) throws -> Duration {
            let start = ContinuousClock.now
            let deadline = Deadline.usual
            var inARow = 0
            while inARow < 8 {
                try #require(!deadline.isPast, "the rotation was not taken up\n\(daemon.process.allOutput)")
                inARow = try status(daemon, token) == wanted ? inARow + 1 : 0
            }
            return ContinuousClock.now - start
        }

        @Test(arguments: SecretVolume.Change.allCases)
        func each_way_of_changing_the_file_is_taken_up_again_and_again(change: SecretVolume.Change) throws {
            let daemon = try daemon()
            var volume = SecretVolume(daemon.directory)
            for number in 2...6 {
                try volume.change(change, to: Self.file(number))
                _ = try wait(daemon, for: Self.token(number), toGet: 200)
                #expect(try status(daemon, Self.token(number - 1)) == 200)
                _ = try wait(daemon, for: Self.token(number - 2), toGet: 401)
            }
            #expect(daemon.process.isRunning)
        }

        @Test func no_request_is_judged_wrongly_or_lost_while_secrets_rotate_under_load() throws {
            let upstream = try RecordingUpstream()
            let daemon = try daemon(upstream: upstream.address)
            var volume = SecretVolume(daemon.directory)
            let forged = TokenMint(secret: "a-forger-knows-none-of-the-secrets").token()
            let load = RotationLoad(.init(good: [Self.token(1)], bad: [forged], generation: 1))
            let ask: @Sendable (String) -> String = { question("GET", "/hello", token: $0) }
            for _ in 0..<3 { load.start(to: daemon.decision, newConnectionAfter: .max, text: ask) }
            for _ in 0..<3 { load.start(to: daemon.decisionSocket, newConnectionAfter: 50, text: ask) }
            for _ in 0..<2 {
                load.start(to: daemon.proxy, newConnectionAfter: 500) { request("GET", "/hello", token: $0) }
            }
            let (generation, latencies) = try rotate(daemon, &volume, load, forged: forged)
            let counts = try load.stop(clients: 8)
            print(
                """
                rotation: \(generation - 1) rotations in \(Self.seconds) s, \(counts.requests) requests, \
                \(counts.allowed) allowed, \(counts.refused) refused, \(counts.refusedValid) valid refused, \
                \(counts.allowedInvalid) invalid allowed, \(counts.dropped) dropped; \
                new secret on all loops after at most \(latencies.max() ?? .zero)
                """
            )
            #expect(
                counts.refusedValid == 0 && counts.allowedInvalid == 0 && counts.dropped == 0,
                "\(counts.firstFaults)"
            )
            #expect(counts.allowed > 0 && counts.refused > 0)
            #expect(generation > 2)
            #expect(daemon.process.isRunning)
        }

        /// Rotates by each change in turn until the time is over. A rotation counts from when all loops have taken it up.
        private func rotate(
            _ daemon: DaemonFixture,
            _ volume: inout SecretVolume,
            _ load: RotationLoad,
            forged: String,
        ) throws -> (Int, [Duration]) {
            let end = Deadline(after: .seconds(Self.seconds))
            var generation = 1
            var latencies: [Duration] = []
            while !end.isPast {
                let next = Deadline(after: Self.period)
                generation += 1
                let change = SecretVolume.Change.allCases[generation % SecretVolume.Change.allCases.count]
                try volume.change(change, to: Self.file(generation))
                latencies.append(try wait(daemon, for: Self.token(generation), toGet: 200))
                _ = try wait(daemon, for: Self.token(generation - 2), toGet: 401)
                // What is promised for every loop; the connections above need not have met them all.
                _ = daemon.process.outlives(Deadline(after: .milliseconds(250)))
                load.publish(
                    .init(
                        good: [Self.token(generation), Self.token(generation)],
                        bad: [forged, Self.token(generation - 2)],
                        generation: generation,
                    )
                )
                // The period is a rest for the daemon, and it ends early if the daemon does.
                let isRunning = daemon.process.outlives(next)
                try #require(isRunning, "\(daemon.process.allOutput)")
            }
            return (generation, latencies)
        }

        @Test func with_overlap_a_removed_secret_goes_on_for_that_long_and_no_longer() throws {
            var configuration = DaemonConfiguration()
            configuration.secrets = Self.secret(1) + "\n"
            configuration.keyOptions = "overlap: 5s"
            let daemon = try DaemonFixture(configuration)
            try daemon.directory.replace("jwt", with: Self.secret(2) + "\n")
            _ = try wait(daemon, for: Self.token(2), toGet: 200)
            #expect(try status(daemon, Self.token(1)) == 200)
            _ = try wait(daemon, for: Self.token(1), toGet: 401)
            #expect(try status(daemon, Self.token(2)) == 200)
        }

        @Test(arguments: ["", "short\n", "mysecret\n", "{\"keys\":[", "-----BEGIN PUBLIC KEY-----\n"])
        func the_last_good_secret_stays_while_the_file_is_bad(content: String) throws {
            let daemon = try DaemonFixture()
            let good = TokenMint(secret: DaemonConfiguration.secret).token()
            try daemon.directory.write(content, to: "jwt")
            let deadline = Deadline.usual
            while try !RawConnection(to: daemon.admin).exchange(request("GET", "/readyz")).text.contains("degraded") {
                try #require(!deadline.isPast, "never degraded")
                #expect(try status(daemon, good) == 200)
            }
            #expect(try status(daemon, good) == 200)
            try daemon.directory.replace("jwt", with: Self.secret(3) + "\n")
            _ = try wait(daemon, for: Self.token(3), toGet: 200)
        }

        @Test func a_file_that_goes_away_and_comes_back_is_taken_up() throws {
            let daemon = try DaemonFixture()
            let good = TokenMint(secret: DaemonConfiguration.secret).token()
            daemon.directory.remove("jwt")
            #expect(try status(daemon, good) == 200)
            try daemon.directory.write(Self.secret(4) + "\n", to: "jwt")
            _ = try wait(daemon, for: Self.token(4), toGet: 200)
            _ = try wait(daemon, for: good, toGet: 401)
        }

        @Test func a_hangup_takes_up_a_new_file() throws {
            let daemon = try DaemonFixture()
            try daemon.directory.replace("jwt", with: Self.secret(5) + "\n")
            daemon.process.send(signal: SIGHUP)
            _ = try wait(daemon, for: Self.token(5), toGet: 200)
        }
    }
}
