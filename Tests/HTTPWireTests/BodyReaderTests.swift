import HTTPWire
import Testing

@Suite struct BodyReaderTests {
    @Test
    func a_message_without_a_body_is_finished_at_once() {
        let bytes = Array("GET".utf8)
        for framing in [BodyFraming.none, .length(0)] {
            var reader = BodyReader(framing)
            #expect(reader.isFinished && reader.mayEndWithInput)
            #expect(reader.next(bytes) == .end(consumed: 0))
        }
    }

    @Test
    func a_length_takes_exactly_so_many_bytes() {
        var reader = BodyReader(.length(5))
        let first = Array("abc".utf8)
        let second = Array("deGET".utf8)
        #expect(reader.next(first) == .data(0..<3))
        #expect(!reader.isFinished && !reader.mayEndWithInput)
        #expect(reader.next([]) == .needMore(consumed: 0))
        #expect(reader.next(second) == .data(0..<2))
        #expect(reader.isFinished && reader.mayEndWithInput)
        #expect(reader.next(second) == .end(consumed: 0))
    }

    @Test
    func a_length_beyond_memory_is_counted_and_not_trapped_on() {
        var reader = BodyReader(.length(UInt64(Int64.max)))
        #expect(reader.next([1, 2, 3]) == .data(0..<3))
        #expect(!reader.isFinished)
    }

    @Test
    func chunks_end_with_the_last_one() {
        var reader = BodyReader(.chunked)
        let bytes = Array("2\r\nab\r\n0\r\n\r\nGET".utf8)
        #expect(reader.next(bytes) == .data(3..<5))
        #expect(!reader.mayEndWithInput)
        let rest = Array(bytes[5...])
        #expect(reader.next(rest) == .end(consumed: 7))
        #expect(reader.isFinished && reader.mayEndWithInput)
    }

    @Test
    func a_body_until_close_takes_everything_and_ends_with_the_input() {
        var reader = BodyReader(.untilClose)
        #expect(reader.next([1, 2]) == .data(0..<2))
        #expect(reader.next([]) == .needMore(consumed: 0))
        #expect(!reader.isFinished && reader.mayEndWithInput)
    }
}
