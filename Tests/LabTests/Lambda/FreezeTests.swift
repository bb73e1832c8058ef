import Glibc
import TestSupport
import Testing

/// What a freeze of many minutes leaves of a function, without the minutes: the process is stopped, its connection is
/// closed from the other side, and it goes on.
@Suite struct FreezeTests {
    private static let accepted = UpstreamAnswer.response(status: 202, body: "{\"status\":\"OK\"}")

    private static func event(_ id: String) -> UpstreamAnswer {
        .response(status: 200, fields: ["Lambda-Runtime-Aws-Request-Id": id], body: "{}")
    }

    @Test func a_function_asks_again_when_its_connection_has_not_outlived_the_freeze() throws {
        let isStopped = Awaited(false)
        let asked = Awaited(0)
        let api = try RecordingUpstream { request in
            guard request.target.hasSuffix("/next") else { return Self.accepted }
            switch asked.update({ (count: inout Int) -> Int in
                count += 1
                return count
            }) {
            case 1: return Self.event("before")
            case 2:
                // The process waits here for its next event while it is frozen.
                _ = isStopped.first(before: .usual) { $0 ? true : nil }
                return .bytes([], thenClose: true)
            case 3: return Self.event("after")
            default: return .silence
            }
        }
        let function = try RunningProcess(
            BuiltProducts.program("hello-world"),
            environment: ["AWS_LAMBDA_RUNTIME_API": "\(api.address)"]
        )
        let waits = asked.first(before: .usual) { $0 >= 2 ? true : nil }
        try #require(waits == true)
        function.send(signal: SIGSTOP)
        isStopped.update { $0 = true }
        let isClosed = api.record.first(before: .usual) { $0.closed >= 1 ? true : nil }
        try #require(isClosed == true)
        function.send(signal: SIGCONT)
        let requests = try api.waitForRequests(6)
        let answers = requests.map(\.target).filter { $0.hasSuffix("/response") }
        #expect(
            answers == [
                "/2018-06-01/runtime/invocation/before/response", "/2018-06-01/runtime/invocation/after/response",
            ]
        )
        #expect(Set(requests.map(\.connection)).count == 2)
        #expect(function.isRunning)
        function.send(signal: SIGKILL)
    }

    @Test func a_function_ends_when_lambda_is_gone() throws {
        let api = try RecordingUpstream { _ in .response(status: 500) }
        let function = try RunningProcess(
            BuiltProducts.program("hello-world"),
            environment: ["AWS_LAMBDA_RUNTIME_API": "\(api.address)"]
        )
        #expect(try function.waitForExit() == .code(1))
        let nobody = try RunningProcess.run(
            BuiltProducts.program("hello-world"),
            environment: ["AWS_LAMBDA_RUNTIME_API": "127.0.0.1:\(FreePort.next())"]
        )
        #expect(nobody.exitStatus == .code(1))
        let none = try RunningProcess.run(BuiltProducts.program("hello-world"), environment: [:])
        #expect(none.exitStatus == .code(78))
        #expect(none.allOutput.contains("AWS_LAMBDA_RUNTIME_API"))
    }
}
