import HTTPWire
import TestSupport
import Testing

@Suite struct ChunkedDecoderTests {
    struct Outcome: Equatable {
        var data: [UInt8] = []
        var consumed = 0
        var isFinished = false
        var code: HTTPRefusal.Code?
    }

    @Test(arguments: [
        ("0\r\n\r\n", ""), ("3\r\nabc\r\n0\r\n\r\n", "abc"), ("1\r\na\r\n2\r\nbc\r\n0\r\n\r\n", "abc"),
        ("003\r\nabc\r\n000\r\n\r\n", "abc"), ("A\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ("a\r\n0123456789\r\n0\r\n\r\n", "0123456789"), ("3;x\r\nabc\r\n0;y=z\r\n\r\n", "abc"),
        ("3;x=y;z=\"a\\\"\\\\ b\"\r\nabc\r\n0\r\n\r\n", "abc"), ("3; x\r\nabc\r\n0\r\n\r\n", "abc"),
        ("3\r\nabc\r\n0\r\nT: 1\r\nU:\r\n\r\n", "abc"), ("2\r\n\r\n\r\n0\r\n\r\n", "\r\n"),
    ])
    func sound_bodies_give_their_data(raw: String, data: String) {
        let bytes = Array(raw.utf8)
        let expected = Outcome(data: Array(data.utf8), consumed: bytes.count, isFinished: true)
        #expect(Self.decode([bytes[...]]) == expected)
        #expect(Self.decode(bytes.indices.map { bytes[$0...$0] }) == expected)
        for cut in bytes.indices { #expect(Self.decode([bytes[..<cut], bytes[cut...]]) == expected) }
        #expect(Self.decode([bytes[...] + Array("GET".utf8)]) == expected, "what follows the body is left alone")
    }

    @Test(arguments: [
        ("\r\n", HTTPRefusal.Code.chunkSizeMalformed), (";x\r\n", .chunkSizeMalformed), (" 1\r\n", .chunkSizeMalformed),
        ("1 \r\n", .chunkSizeMalformed), ("1 ;x\r\n", .chunkSizeMalformed), ("+1\r\n", .chunkSizeMalformed),
        ("-1\r\n", .chunkSizeMalformed), ("0x1\r\n", .chunkSizeMalformed), ("1_0\r\n", .chunkSizeMalformed),
        ("g\r\n", .chunkSizeMalformed), ("10000000000000000\r\n", .chunkSizeMalformed),
        ("8000000000000000\r\n", .chunkSizeMalformed), ("00000000000000001\r\n", .chunkSizeMalformed),
        ("1\n", .lineEndMalformed), ("1\rX", .lineEndMalformed), ("1\r\r\n", .lineEndMalformed),
        ("1;\r\n", .lineEndMalformed), ("1;x\n", .lineEndMalformed), ("1;x\r\r\n", .lineEndMalformed),
        ("1;=x\r\n", .chunkExtensionMalformed),
        ("1;x =y\r\n", .chunkExtensionMalformed), ("1;x= y\r\n", .chunkExtensionMalformed),
        ("1;x=\"y\r\n", .lineEndMalformed), ("1;x=\"y\"z\r\n", .chunkExtensionMalformed),
        ("1;x=y\u{1}\r\n", .chunkExtensionMalformed), ("1;;x\r\n", .chunkExtensionMalformed),
        ("1\r\na1\r\n", .chunkEndMalformed), ("1\r\na\n", .chunkEndMalformed), ("1\r\na\rX", .chunkEndMalformed),
        ("1\r\nab\r\n", .chunkEndMalformed), ("0\r\n X: 1\r\n", .lineFolded), ("0\r\nX : 1\r\n", .fieldNameMalformed),
        ("0\r\nX\r\n", .lineEndMalformed), ("0\r\n: 1\r\n", .fieldNameMalformed),
        ("0\r\nX: \u{0}\r\n", .fieldValueMalformed),
        ("0\r\nX: 1\n", .lineEndMalformed), ("0\r\n\rX", .lineEndMalformed), ("0\r\n\n", .lineEndMalformed),
        ("0\r\nContent-Length: 1\r\n\r\n", .framingContradictory),
        ("0\r\ntransfer-encoding: chunked\r\n\r\n", .framingContradictory),
        ("0\r\nA: b\r\nConnection: close\r\n\r\n", .framingContradictory),
    ])
    func broken_framing_is_refused_however_it_is_cut(raw: String, code: HTTPRefusal.Code) {
        let bytes = Array(raw.utf8)
        #expect(Self.decode([bytes[...]]).code == code)
        #expect(Self.decode(bytes.indices.map { bytes[$0...$0] }).code == code)
    }

    @Test(arguments: [
        "Content-Lengthy: 1", "Content-Lengt: 1", "X-Connection: 1", "Connectio: 1", "Connect: 1", "Content-Le: 1",
    ])
    func names_that_only_resemble_framing_fields_are_dropped_like_any_trailer(line: String) {
        #expect(Self.decode([Array("0\r\n\(line)\r\n\r\n".utf8)[...]]).isFinished)
    }

    @Test
    func extensions_are_bounded_for_each_chunk_and_for_the_whole_body() {
        let limits = ChunkLimits(extensionBytesPerChunk: 10, extensionBytes: 25)
        #expect(Self.decode(Array("1;12345678\r\na\r\n0\r\n\r\n".utf8), limits).isFinished)
        #expect(Self.decode(Array("1;1234567890\r\na\r\n".utf8), limits).code == .chunkExtensionsTooLarge)
        let chunk = "1;1234567\r\na\r\n"
        #expect(Self.decode(Array((chunk + chunk + "0\r\n\r\n").utf8), limits).isFinished)
        #expect(Self.decode(Array((chunk + chunk + chunk + chunk).utf8), limits).code == .chunkExtensionsTooLarge)
    }

    @Test
    func trailers_are_bounded_in_number_and_size() {
        let limits = ChunkLimits(trailerBytes: 40, trailers: 3)
        #expect(Self.decode(Array("0\r\nA: 1\r\nB: 1\r\nC: 1\r\n\r\n".utf8), limits).isFinished)
        let many = Self.decode(Array("0\r\nA: 1\r\nB: 1\r\nC: 1\r\nD: 1\r\n\r\n".utf8), limits)
        #expect(many.code == .trailersTooLarge)
        let long = Self.decode(Array("0\r\nA: \(String(repeating: "v", count: 50))".utf8), limits)
        #expect(long.code == .trailersTooLarge)
        #expect(HTTPRefusal(.trailersTooLarge).status == 431)
    }

    @Test
    func a_finished_decoder_takes_nothing_more() {
        var decoder = ChunkedDecoder()
        let body = Array("0\r\n\r\n".utf8)
        #expect(decoder.next(body) == .end(consumed: 5))
        #expect(decoder.next(body) == .end(consumed: 0))
        #expect(decoder.isFinished)
    }

    @Test
    func what_ChunkWriter_frames_is_read_back() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            let data = (0..<Int.random(in: 0...5000, using: &generator)).map { UInt8(truncatingIfNeeded: $0) }
            var framed: [UInt8] = []
            for piece in generator.pieces(of: data, most: 1000) {
                ChunkWriter.appendBefore(dataOf: piece.count, to: &framed)
                framed += piece
                ChunkWriter.appendAfterData(to: &framed)
            }
            ChunkWriter.appendEnd(to: &framed)
            let outcome = Self.decode(generator.pieces(of: framed, most: 700))
            #expect(outcome == Outcome(data: data, consumed: framed.count, isFinished: true))
        }
        var nothing: [UInt8] = []
        ChunkWriter.appendBefore(dataOf: 0, to: &nothing)
        #expect(nothing.isEmpty)
    }

    private static func decode(_ bytes: [UInt8], _ limits: ChunkLimits) -> Outcome {
        decode([bytes[...]], ChunkedDecoder(limits: limits))
    }

    private static func decode(_ pieces: [ArraySlice<UInt8>], _ decoder: ChunkedDecoder = ChunkedDecoder()) -> Outcome {
        var decoder = decoder
        var outcome = Outcome()
        for piece in pieces {
            var unread = Array(piece)
            reading: while outcome.code == nil, !outcome.isFinished {
                switch decoder.next(unread) {
                case .needMore(let consumed):
                    outcome.consumed += consumed
                    break reading
                case .data(let range):
                    outcome.data += unread[range]
                    outcome.consumed += range.upperBound
                    unread.removeFirst(range.upperBound)
                case .end(let consumed):
                    outcome.consumed += consumed
                    outcome.isFinished = true
                case .refused(let refusal):
                    outcome.code = refusal.code
                }
            }
        }
        return outcome
    }
}
