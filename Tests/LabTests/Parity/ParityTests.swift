import TestSupport
import Testing

/// One policy, two worlds: the same YAML in the daemon and, through `authd check --format json`, in the authorizer.
@Suite struct ParityTests {
    private static let requests = 3000

    @Test func the_daemon_and_the_authorizer_decide_alike() throws {
        let daemon = try DaemonFixture(DaemonConfiguration())
        let checked = try RunningProcess.run(
            BuiltProducts.program("authd"),
            ["check", "--config", daemon.configurationFile, "--format", "json"]
        )
        #expect(checked.exitStatus == .code(0), "\(checked.allOutput)")
        let folder = try TemporaryDirectory()
        try folder.write(checked.standardOutput, to: "policy.json")
        let authorizer = try AuthorizerProcess([
            "JWT_SECRET": DaemonConfiguration.secret, "AUTHD_POLICY": folder.file("policy.json"),
        ])
        var source = try ParityRequests()
        var reasons: [String: Int] = [:]
        var differences = 0
        var connection = try RawConnection(to: daemon.decision)
        for number in 0..<Self.requests {
            let request = source.next()
            let response = try connection.exchange(request.decisionText)
            // What is no good HTTP ends the connection.
            if response.closes { connection = try RawConnection(to: daemon.decision) }
            let daemonSays = ParityVerdict(response)
            let authorizerSays = ParityVerdict(try authorizer.answer(request.event(number)))
            reasons[daemonSays.reason, default: 0] += 1
            guard daemonSays != authorizerSays else { continue }
            differences += 1
            if differences <= 5 {
                Issue.record("\(request): daemon \(daemonSays), authorizer \(authorizerSays)")
            }
        }
        print(
            "parity: \(Self.requests) requests, \(differences) decided differently; \(reasons.sorted { $0.key < $1.key })"
        )
        #expect(differences == 0)
        // Many ways must have been walked for the comparison to say anything.
        #expect(reasons.count >= 15 && (reasons["allowed"] ?? 0) > 300)
    }
}
