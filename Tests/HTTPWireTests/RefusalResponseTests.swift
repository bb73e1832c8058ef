import HTTPWire
import Testing

@Suite struct RefusalResponseTests {
    @Test(arguments: HTTPRefusal.Code.allCases)
    func every_refusal_has_a_complete_answer_that_closes(code: HTTPRefusal.Code) {
        for refusal in [HTTPRefusal(code), HTTPRefusal(upstream: code)] {
            let bytes = RefusalResponse.bytes(for: refusal)
            var head = ResponseHead()
            var parser = ResponseHeadParser()
            guard case .complete(let length) = parser.parse(bytes, into: &head) else {
                Issue.record("\(code) has no sound answer")
                return
            }
            #expect(head.status == refusal.status && !head.keepAlive)
            #expect(head.framing == .length(UInt64(bytes.count - length)))
            #expect(head.status != 405 || String(decoding: bytes, as: UTF8.self).contains("\r\nAllow: "))
            #expect(!head.fields.contains(.server))
        }
    }

    @Test
    func labels_are_short_and_plain() {
        for code in HTTPRefusal.Code.allCases {
            #expect(code.rawValue.utf8.count <= 40)
            #expect(code.rawValue.utf8.allSatisfy { $0 == UInt8(ascii: "_") || ($0 >= 0x61 && $0 <= 0x7A) })
        }
        #expect(HTTPRefusal(.hostMissing).description == "400 host_missing")
        #expect(HTTPRefusal(upstream: .hostMissing).status == 502)
        let statuses = Set(HTTPRefusal.Code.allCases.map { HTTPRefusal($0).status })
        #expect(statuses == [400, 405, 408, 413, 414, 417, 431, 501, 505])
    }
}
