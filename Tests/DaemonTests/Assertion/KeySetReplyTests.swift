import Gateways
import HTTPWire
import Testing

@testable import Daemon

/// The set of keys as it is served.
@Suite struct KeySetReplyTests {
    private let reply = KeySetReply(Array(#"{"keys":[]}"#.utf8))

    private func answer(_ method: RequestMethod, _ end: DecisionReplies.End = .persistent) -> String {
        var output: [UInt8] = []
        reply.append(to: &output, method: method, end: end)
        return String(decoding: output, as: UTF8.self)
    }

    private func isAsked(_ target: String, method: String = "GET") throws -> Bool {
        let bytes = Array("\(method) \(target) HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        var head = RequestHead()
        var parser = RequestHeadParser(limits: HeadLimits())
        let result = parser.parse(bytes.span, into: &head)
        #expect(result == .complete(length: bytes.count))
        return KeySetReply.isAsked(head, bytes.span)
    }

    @Test func a_GET_gets_the_set_and_a_HEAD_its_head() {
        let get = answer(.get)
        #expect(get.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: application/jwk-set+json\r\n"))
        #expect(get.contains("\r\nCache-Control: public, max-age=300\r\n"))
        #expect(get.hasSuffix("Content-Length: 11\r\n\r\n{\"keys\":[]}"))
        #expect(answer(.head) == String(get.dropLast(11)))
    }

    @Test func any_other_method_is_405_and_says_what_is_allowed() {
        let reply = answer(.post, .close)
        #expect(reply.hasPrefix("HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\n"))
        #expect(reply.hasSuffix("Content-Length: 0\r\nConnection: close\r\n\r\n"))
    }

    @Test func an_old_client_is_told_that_the_connection_goes_on() {
        #expect(answer(.get, .keepAlive).contains("\r\nConnection: keep-alive\r\n\r\n{"))
    }

    @Test func only_the_very_path_is_it_with_any_query() throws {
        #expect(try isAsked("/.well-known/authd/jwks.json"))
        #expect(try isAsked("/.well-known/authd/jwks.json?a=b"))
        for target in [
            "/", "/.well-known/authd/jwks.jso", "/.well-known/authd/jwks.jsonx", "/.well-known/authd/jwks.json/",
            "//.well-known/authd/jwks.json", "/.well-known/authd/./jwks.json", "/.well-known/authd/jwks%2ejson",
            "/.WELL-KNOWN/authd/jwks.json", "http://a/.well-known/authd/jwks.json",
        ] {
            #expect(try !isAsked(target), "\(target)")
        }
    }
}
