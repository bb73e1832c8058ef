import Testing

@testable import LambdaRuntime

@Suite struct EnvironmentTests {
    @Test func an_empty_variable_is_none() {
        let environment = Environment(["A": "b", "EMPTY": ""])
        #expect(environment["A"] == "b")
        #expect(environment.bytes("A") == Array("b".utf8))
        #expect(environment["EMPTY"] == nil)
        #expect(environment["OTHER"] == nil)
    }

    @Test func that_of_the_process_is_read() {
        #expect(Environment.process["PATH"]?.isEmpty == false)
        #expect(Environment.process["AUTHD_NO_SUCH_VARIABLE"] == nil)
    }

    @Test(
        arguments: [
            ("127.0.0.1:9001", "127.0.0.1", 9001), ("[::1]:80", "::1", 80), ("localhost:65535", "localhost", 65535),
            ("sandbox.internal:1", "sandbox.internal", 1),
        ] as [(String, String, UInt16)]
    )
    func an_endpoint_is_a_host_and_a_port(text: String, host: String, port: UInt16) {
        let endpoint = TCPEndpoint(text)
        #expect(endpoint?.host == host)
        #expect(endpoint?.port == port)
        #expect(endpoint?.text == text)
    }

    @Test(arguments: [
        "", "127.0.0.1", "127.0.0.1:", ":9001", "a:0", "a:65536", "a:-1", "a:+1", "a b:1", "a/b:1", "::1:80", "[]:1",
        "a\r\n:1",
    ])
    func another_text_is_no_endpoint(text: String) {
        #expect(TCPEndpoint(text) == nil)
    }
}
