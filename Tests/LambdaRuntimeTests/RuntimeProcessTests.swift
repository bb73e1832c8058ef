import Foundation
import Glibc
import TestSupport
import Testing

@testable import LambdaRuntime

/// The loop against a server with real sockets, which keeps what it gets.
@Suite struct RuntimeProcessTests {
    private static let accepted = UpstreamAnswer.response(status: 202, body: "{\"status\":\"OK\"}")
    /// Ends the loop.
    private static let over = UpstreamAnswer.response(status: 500)

    private static func event(_ id: String, body: String = "{}") -> UpstreamAnswer {
        .response(status: 200, fields: ["Lambda-Runtime-Aws-Request-Id": id], body: body)
    }

    /// A server that answers in this order, whatever is asked.
    private func server(_ answers: [UpstreamAnswer]) throws -> RecordingUpstream {
        let rest = Awaited(answers)
        return try RecordingUpstream { _ in rest.update { $0.isEmpty ? Self.over : $0.removeFirst() } }
    }

    private func run(_ api: RecordingUpstream, _ handler: RecordingHandler = RecordingHandler()) throws -> Int32 {
        let address = api.address.description
        let ended = Awaited<Int32?>(nil)
        Thread.detachNewThread {
            guard let endpoint = TCPEndpoint(address) else { return }
            let quiet = LambdaLog(Environment([:]), descriptor: -1)
            var driver = LoopDriver(TCPSocket(endpoint), host: address, handler: handler, log: quiet) { _ in }
            let status = driver.run()
            ended.update { $0 = status }
        }
        return try #require(ended.first(before: .usual) { $0 })
    }

    private func calls(_ api: RecordingUpstream) -> [String] {
        api.requests.map { $0.target.split(separator: "/").suffix(2).joined(separator: "/") }
    }

    @Test func events_are_answered_on_one_connection_and_500_ends_the_loop() throws {
        let api = try server([Self.event("a"), Self.accepted, Self.event("b", body: "[1]"), Self.accepted])
        let status = try run(api)
        #expect(status == 1)
        #expect(calls(api) == ["invocation/next", "a/response", "invocation/next", "b/response", "invocation/next"])
        #expect(api.requests.map(\.connection) == [0, 0, 0, 0, 0])
        #expect(api.requests[3].body == Array("[1]".utf8))
        #expect(api.requests[3]["Content-Type"] == "application/json")
        #expect(api.record.current.garbage.isEmpty)
    }

    @Test func a_throwing_handler_is_told_with_its_type_and_message() throws {
        let api = try server([Self.event("a"), Self.accepted])
        let handler = RecordingHandler { (_) throws(InvocationFailure) in throw .unauthorized }
        _ = try run(api, handler)
        let error = try #require(api.requests.dropFirst().first)
        #expect(error.target == "/2018-06-01/runtime/invocation/a/error")
        #expect(error["Lambda-Runtime-Function-Error-Type"] == "Function.Unauthorized")
        #expect(error.body == Array(#"{"errorMessage":"Unauthorized"}"#.utf8))
    }

    @Test func an_oversized_answer_becomes_an_error_and_one_at_the_limit_is_sent() throws {
        let api = try server([Self.event("a"), Self.accepted, Self.event("b"), Self.accepted])
        let sizes = Awaited([LambdaLimits.payloadBytes + 1, LambdaLimits.payloadBytes])
        let handler = RecordingHandler { (_) throws(InvocationFailure) in
            [UInt8](repeating: 0x31, count: sizes.update { $0.removeFirst() })
        }
        _ = try run(api, handler)
        #expect(calls(api) == ["invocation/next", "a/error", "invocation/next", "b/response", "invocation/next"])
        #expect(api.requests[1]["Lambda-Runtime-Function-Error-Type"] == "Function.ResponseSizeTooLarge")
        #expect(api.requests[3].body.count == LambdaLimits.payloadBytes)
    }

    @Test func an_event_at_the_limit_is_handled_and_one_over_it_is_refused() throws {
        let whole = String(repeating: "1", count: LambdaLimits.payloadBytes)
        let api = try server([
            Self.event("a", body: whole), Self.accepted, Self.event("b", body: whole + "1"), Self.accepted,
        ])
        let handler = RecordingHandler()
        _ = try run(api, handler)
        #expect(calls(api) == ["invocation/next", "a/response", "invocation/next", "b/error", "invocation/next"])
        #expect(handler.calls.current.map(\.event.count) == [LambdaLimits.payloadBytes])
    }

    @Test func a_socket_that_was_closed_meanwhile_is_replaced() throws {
        let closing = UpstreamAnswer.bytes(Array("HTTP/1.1 202 A\r\nContent-Length: 0\r\n\r\n".utf8), thenClose: true)
        let api = try server([
            Self.event("a"), closing, .bytes([], thenClose: true), .bytes([], thenClose: true), Self.event("b"),
            Self.accepted,
        ])
        _ = try run(api)
        let answers = calls(api).filter { $0 != "invocation/next" }
        #expect(answers == ["a/response", "b/response"])
        #expect(Set(api.requests.map(\.connection)).count == 4)
    }

    @Test func dribbled_bytes_are_an_event() throws {
        let text =
            "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
        let api = try server([.dribble(Array(text.utf8)), Self.accepted])
        let handler = RecordingHandler()
        _ = try run(api, handler)
        #expect(handler.calls.current.map(\.event) == [Array("{}".utf8)])
        #expect(calls(api) == ["invocation/next", "a/response", "invocation/next"])
    }

    @Test func a_hostile_server_only_ends_the_loop() throws {
        for text in [
            "", "\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200\r\nContent-Length: 99999999999\r\n\r\n", "\u{0}",
        ] {
            let api = try RecordingUpstream { _ in .bytes(Array(text.utf8), thenClose: true) }
            let status = try run(api)
            #expect(status == 1)
            #expect(calls(api).allSatisfy { $0 == "invocation/next" })
        }
    }

    @Test func the_trace_variable_follows_the_event() async {
        await #expect(processExitsWith: .success) {
            TraceVariable.set("Root=1-a")
            #expect(Environment.process["_X_AMZN_TRACE_ID"] == "Root=1-a")
            TraceVariable.set(nil)
            #expect(Environment.process["_X_AMZN_TRACE_ID"] == nil)
        }
    }

    @Test(arguments: [SIGILL, SIGSEGV, SIGABRT])
    func a_crash_is_told_before_the_process_dies_of_it(signal: Int32) async throws {
        let api = try server([Self.event("a"), Self.accepted])
        let address = api.address.description
        await #expect(processExitsWith: .signal(signal)) { [address = address as String, signal = signal as Int32] in
            let endpoint = try #require(TCPEndpoint(address))
            CrashReport.install()
            let handler = RecordingHandler { (_) throws(InvocationFailure) in
                // The test's thread blocks SIGABRT; abort(3) unblocks it.
                if signal == SIGABRT { abort() }
                _ = raise(signal)
                return []
            }
            var driver = LoopDriver(TCPSocket(endpoint), host: address, handler: handler, log: LambdaLog())
            _ = driver.run()
        }
        let error = try #require(api.requests.dropFirst().first)
        #expect(error.target == "/2018-06-01/runtime/invocation/a/error")
        #expect(error["Lambda-Runtime-Function-Error-Type"] == "Runtime.HandlerCrashed")
        #expect(
            error.body == Array(#"{"errorMessage":"the function crashed","errorType":"Runtime.HandlerCrashed"}"#.utf8)
        )
    }

    @Test func a_trap_of_swift_is_told_as_well() async throws {
        let api = try server([Self.event("a"), Self.accepted])
        let address = api.address.description
        await #expect(processExitsWith: .failure) { [address = address as String] in
            let endpoint = try #require(TCPEndpoint(address))
            CrashReport.install()
            let handler = RecordingHandler { (event) throws(InvocationFailure) in [event[event.count + 1]] }
            var driver = LoopDriver(TCPSocket(endpoint), host: address, handler: handler, log: LambdaLog())
            _ = driver.run()
        }
        #expect(calls(api) == ["invocation/next", "a/error"])
    }
}
