import TestSupport
import Testing

@testable import LambdaRuntime

@Suite struct LoopbackHTTPClientTests {
    private func client(_ server: RecordingUpstream) throws -> LoopbackHTTPClient {
        guard case .tcp(let port) = server.address else { throw TestSupportError("not TCP") }
        return LoopbackHTTPClient(port: UInt16(clamping: port))
    }

    @Test func a_get_brings_status_and_body_whatever_the_status() throws {
        let server = try RecordingUpstream { _ in .response(status: 400, body: "no such secret") }
        let answer = try client(server).get(
            "/secretsmanager/get?secretId=a%2Fb",
            fields: [HTTPField("X-Aws-Parameters-Secrets-Token", "t")]
        )
        #expect(answer.status == 400)
        #expect(answer.body == Array("no such secret".utf8))
        let request = try #require(server.requests.first)
        #expect(request.method == "GET")
        #expect(request.target == "/secretsmanager/get?secretId=a%2Fb")
        #expect(request["X-Aws-Parameters-Secrets-Token"] == "t")
        #expect(request["Host"] == server.address.description)
    }

    @Test func silence_ends_with_the_time_limit() throws {
        let server = try RecordingUpstream { _ in .silence }
        let client = try client(server)
        #expect(throws: HTTPFailure.timedOut) { try client.get("/", timeout: 50) }
        #expect(throws: HTTPFailure.timedOut) { try client.get("/", timeout: 0) }
    }

    @Test func a_body_over_the_limit_is_refused() throws {
        let server = try RecordingUpstream { _ in .response(status: 200, body: String(repeating: "x", count: 101)) }
        let client = try client(server)
        let whole = try client.get("/", maximumBodyBytes: 101)
        #expect(whole.body.count == 101)
        let failure = #expect(throws: HTTPFailure.self) { try client.get("/", maximumBodyBytes: 100) }
        guard case .tooLarge? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test func nobody_there_is_told_as_that() throws {
        let port = try FreePort.next()
        #expect(throws: HTTPFailure.noConnection(111)) { try LoopbackHTTPClient(port: UInt16(clamping: port)).get("/") }
    }

    @Test func what_is_no_http_is_refused() throws {
        let server = try RecordingUpstream { _ in .bytes(Array("220 smtp ready\r\n\r\n".utf8), thenClose: true) }
        #expect(throws: HTTPFailure.malformed) { try client(server).get("/") }
        let ended = try RecordingUpstream { _ in
            .bytes(Array("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc".utf8), thenClose: true)
        }
        #expect(throws: HTTPFailure.closed) { try client(ended).get("/") }
        #expect(throws: HTTPFailure.malformed) { try client(ended).get("/a b") }
    }
}
