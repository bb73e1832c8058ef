import Testing

@testable import LambdaRuntime

@Suite struct RuntimeCallTests {
    private func text(_ call: RuntimeCall) -> String? {
        call.request(host: "127.0.0.1:9001").map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func the_four_calls_are_those_of_the_runtime_api() {
        #expect(
            text(.next)
                == "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: 127.0.0.1:9001\r\nUser-Agent: authd-lambda\r\n\r\n"
        )
        #expect(
            text(.response(requestID: "a-1", body: Array("{}".utf8)))
                == "POST /2018-06-01/runtime/invocation/a-1/response HTTP/1.1\r\nHost: 127.0.0.1:9001\r\n"
                + "User-Agent: authd-lambda\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
        )
        #expect(
            text(.error(requestID: "a-1", InvocationFailure("Function.Broken", "no")))
                == "POST /2018-06-01/runtime/invocation/a-1/error HTTP/1.1\r\nHost: 127.0.0.1:9001\r\n"
                + "User-Agent: authd-lambda\r\nContent-Type: application/json\r\n"
                + "Lambda-Runtime-Function-Error-Type: Function.Broken\r\nContent-Length: 51\r\n\r\n"
                + #"{"errorMessage":"no","errorType":"Function.Broken"}"# + ""
        )
        #expect(
            text(.initError(InitFailure("Function.NoSecret", "none")))?
                .hasPrefix("POST /2018-06-01/runtime/init/error HTTP/1.1\r\n") == true
        )
    }

    @Test func unauthorized_is_exactly_the_message() {
        #expect(
            String(decoding: InvocationFailure.unauthorized.body, as: UTF8.self) == #"{"errorMessage":"Unauthorized"}"#
        )
        #expect(text(.error(requestID: "a", .unauthorized))?.contains("Error-Type: Function.Unauthorized\r\n") == true)
    }

    @Test func a_message_with_any_characters_stays_json() {
        let body = InvocationFailure("Function.Broken", "\"\\\u{0}\r\n\u{7F}\u{2028}é€").body
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"{"errorMessage":"\"\\\u0000\r\n\u007f\u2028é€","errorType":"Function.Broken"}"#
        )
    }

    @Test func nothing_that_would_break_a_head_is_sent() {
        for target in ["", "a", "/a b", "/a\r\nX: y", "/\u{0}", "/ä"] {
            #expect(HTTPRequest.bytes("GET", target, host: "h") == nil)
        }
        for field in [HTTPField("A b", "c"), HTTPField("", "c"), HTTPField("A", "b\r\nC: d"), HTTPField("A", "ä")] {
            #expect(HTTPRequest.bytes("GET", "/", host: "h", fields: [field]) == nil)
        }
    }
}
