import HTTPWire
import NIOCore
import Testing

@testable import Daemon

@Suite struct BodyRelayTests {
    /// What goes on when the input comes in these pieces.
    private static func run(
        _ pieces: [ArraySlice<UInt8>],
        _ framing: BodyFraming,
        isChunked: Bool
    ) -> (output: String, outcome: BodyRelay.Outcome, left: Int) {
        var relay = BodyRelay(framing, isChunked: isChunked)
        var output = ""
        var outcome = BodyRelay.Outcome.more
        var input = ByteBuffer()
        for piece in pieces {
            input.writeBytes(piece)
            var joined = ByteBuffer()
            outcome = relay.relay(&input, joined: &joined) { output += String(buffer: $0) }.outcome
            output += String(buffer: joined)
            if outcome != .more { break }
        }
        return (output, outcome, input.readableBytes)
    }

    @Test func every_cut_of_a_chunked_body_gives_the_same_data_and_a_proper_end() {
        let bytes = Array("5;a=b\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\nT: x\r\n\r\nNEXT".utf8)
        for cut in 0...bytes.count {
            let plain = Self.run([bytes[..<cut], bytes[cut...]], .chunked, isChunked: false)
            #expect(plain.output == "hello world" && plain.outcome == .ended)
            let chunked = Self.run([bytes[..<cut], bytes[cut...]], .chunked, isChunked: true)
            #expect(chunked.output.hasSuffix("0\r\n\r\n") && chunked.outcome == .ended)
            #expect(Self.decoded(chunked.output) == "hello world")
        }
        #expect(Self.run([bytes[...]], .chunked, isChunked: false).left == 4)
    }

    private static func decoded(_ text: String) -> String {
        var reader = BodyReader(.chunked)
        var data: [UInt8] = []
        var rest = Array(text.utf8)
        while true {
            switch reader.next(rest.span) {
            case .data(let range):
                data += rest[range]
                rest.removeFirst(range.upperBound)
            case .needMore, .end, .refused: return String(decoding: data, as: UTF8.self)
            }
        }
    }

    @Test(arguments: [1, 9, 15, 16, 17, 255, 256, 4095, 4096, 4097, 65_535, 65_536, 1_000_000])
    func a_chunk_size_is_written_right(_ count: Int) {
        let body = [UInt8](repeating: 0x61, count: count)
        let result = Self.run([body[...]], .length(UInt64(count)), isChunked: true)
        let size = String(count, radix: 16)
        #expect(result.output.hasPrefix("\(size)\r\na") && result.output.hasSuffix("a\r\n0\r\n\r\n"))
        #expect(result.output.utf8.count == size.utf8.count + 2 + count + 2 + 5)
        #expect(result.outcome == .ended)
    }

    @Test func a_length_ends_where_it_says() {
        let result = Self.run([Array("helloNEXT".utf8)[...]], .length(5), isChunked: false)
        #expect(result.output == "hello" && result.outcome == .ended && result.left == 4)
        #expect(Self.run([Array("hel".utf8)[...]], .length(5), isChunked: false).outcome == .more)
        #expect(Self.run([[][...]], .length(0), isChunked: false).outcome == .ended)
        #expect(Self.run([[][...]], .none, isChunked: false).outcome == .ended)
    }

    @Test func wrong_framing_is_refused() {
        for text in ["x\r\n", "5\r\nhelloX", "-1\r\n", "10000000000000002\r\n", "5 \r\nhello\r\n"] {
            guard case .refused = Self.run([Array(text.utf8)[...]], .chunked, isChunked: true).outcome else {
                Issue.record("\(text) is taken")
                continue
            }
        }
    }

    @Test func a_body_that_ends_with_its_input_may_end_only_there() {
        var relay = BodyRelay(.untilClose, isChunked: true)
        var joined = ByteBuffer()
        relay.appendEnd(to: &joined)
        #expect(relay.mayEndWithInput && !relay.isFinished && String(buffer: joined) == "0\r\n\r\n")
        #expect(!BodyRelay(.length(1), isChunked: false).mayEndWithInput)
        #expect(!BodyRelay(.chunked, isChunked: false).mayEndWithInput)
        _ = relay.discard(&joined)
    }
}
