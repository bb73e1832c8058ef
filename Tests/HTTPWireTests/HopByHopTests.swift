import HTTPWire
import Testing

@Suite struct HopByHopTests {
    @Test
    func standard_connection_fields_stay_behind_without_being_named() {
        let lines = [
            "Keep-Alive: 1", "Proxy-Connection: x", "TE: trailers", "Trailer: X", "Transfer-Encoding: chunked",
            "Upgrade: h2c",
            "HTTP2-Settings: A", "Proxy-Authorization: b", "Proxy-Authenticate: c",
        ]
        #expect(Self.covered(lines.joined(separator: "\r\n")) == lines.map { String($0.prefix { $0 != ":" }) })
    }

    @Test
    func named_fields_stay_behind_in_any_case_and_over_repeated_lists() {
        let covered = Self.covered(
            "Connection: close, X-One\r\nX-one: 1\r\nX-Two: 2\r\nconnection: ,\tx-TWO ,\r\nX-Three: 3\r\nX-Tw: 4"
        )
        #expect(covered == ["Connection", "X-one", "X-Two", "connection"])
    }

    @Test
    func a_whole_option_is_compared_and_not_a_part_of_one() {
        #expect(Self.covered("Connection: X-One-More, X, One\r\nX-One: 1") == ["Connection"])
    }

    @Test
    func Host_and_framing_cannot_be_named_away() {
        let covered = Self.covered("Connection: Host, Content-Length\r\nContent-Length: 1")
        #expect(covered == ["Connection"])
    }

    private static func covered(_ lines: String) -> [String] {
        let parsed = ParsedRequest.withFields(lines + "\r\n")
        #expect(parsed.isComplete)
        let hopByHop = HopByHop(parsed.head.fields)
        return parsed.head.fields.list
            .filter { field in hopByHop.covers(field, of: parsed.head.fields, in: parsed.bytes.span) }
            .compactMap { parsed.text($0.name) }
    }
}
