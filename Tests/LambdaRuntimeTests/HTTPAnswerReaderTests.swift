import TestSupport
import Testing

@testable import LambdaRuntime

@Suite struct HTTPAnswerReaderTests {
    private typealias Progress = HTTPAnswerReader.Progress

    /// What comes of a text that arrives in pieces of `size` bytes.
    private func read(_ text: String, pieces size: Int, limit: Int = 100, ends: Bool = false) -> Progress {
        var reader = HTTPAnswerReader(bodyLimit: limit)
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let end = min(start + size, bytes.count)
            let progress = reader.receive(bytes[start..<end])
            if progress != .needsMore { return progress }
            start = end
        }
        return ends ? reader.end() : .needsMore
    }

    private static let event = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a-1\r\nContent-Length: 2\r\n\r\n{}"

    @Test(arguments: [1, 2, 3, 7, 1000])
    func an_answer_is_the_same_in_pieces_of_any_size(size: Int) {
        let answer = HTTPAnswer(
            status: 200,
            fields: [HTTPField("lambda-runtime-aws-request-id", "a-1"), HTTPField("content-length", "2")],
            body: Array("{}".utf8)
        )
        #expect(read(Self.event, pieces: size) == .complete(answer, keepsAlive: true))
    }

    @Test(arguments: [1, 2, 5, 1000])
    func chunks_are_put_together(size: Int) {
        let text =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5;x=\"y\"\r\nHello\r\n00A\r\n, world!!!\r\n0\r\nX-Trailer: t\r\n\r\n"
        guard case .complete(let answer, keepsAlive: true) = read(text, pieces: size) else {
            Issue.record("not complete")
            return
        }
        #expect(answer.body == Array("Hello, world!!!".utf8))
    }

    @Test func an_interim_answer_is_passed_over() {
        let interim = "HTTP/1.1 100 Continue\r\n\r\n"
        guard case .complete(let answer, _) = read(interim + Self.event, pieces: 1000) else {
            Issue.record("not complete")
            return
        }
        #expect(answer.status == 200)
        let many = String(repeating: interim, count: 9)
        #expect(read(many + Self.event, pieces: 10) == .failed(.malformed))
    }

    @Test func an_answer_without_a_length_ends_with_the_connection() {
        let text = "HTTP/1.1 200 OK\r\n\r\nabc"
        #expect(read(text, pieces: 1) == .needsMore)
        let whole = HTTPAnswer(status: 200, body: Array("abc".utf8))
        #expect(read(text, pieces: 1, ends: true) == .complete(whole, keepsAlive: false))
    }

    @Test func an_answer_that_stops_early_is_none() {
        #expect(read(String(Self.event.dropLast()), pieces: 9, ends: true) == .failed(.closed))
        #expect(read("", pieces: 1, ends: true) == .failed(.closed))
        #expect(
            read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab", pieces: 9, ends: true)
                == .failed(.closed)
        )
    }

    @Test(arguments: [
        "HTTP/1.1 202 A\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 202 A\r\nConnection: Keep-Alive,  CLOSE\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 202 A\r\nContent-Length: 0\r\n\r\n",
        // Bytes that nobody asked for.
        "HTTP/1.1 202 A\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n",
        "HTTP/1.1 202 A\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nx",
    ])
    func a_connection_that_may_not_go_on_is_not_used_again(text: String) {
        guard case .complete(_, let keepsAlive) = read(text, pieces: 1000) else {
            Issue.record("not complete")
            return
        }
        #expect(!keepsAlive)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
        "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 101),
    ])
    func a_body_over_the_limit_leaves_its_head(text: String) {
        guard case .failed(.tooLarge(let head)) = read(text, pieces: 50) else {
            Issue.record("not refused")
            return
        }
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
    }

    @Test(arguments: [
        "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.1 99 X\r\n\r\n", "HTTP/1.1 600 X\r\n\r\n", "HTTP/1.1 2000\r\n\r\n",
        "HTTP/1.1  200 OK\r\n\r\n", "200 OK\r\n\r\n", "\r\n\r\n", "\r\n\r\n\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA : b\r\n\r\n", "HTTP/1.1 200 OK\r\n: b\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\nC: d\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\rC: d\r\n\r\n", "HTTP/1.1 200 OK\r\nA: \u{1}\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1 \r\na\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\na\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\n",
    ])
    func what_can_be_read_in_two_ways_is_refused(text: String) {
        #expect(read(text, pieces: 1) == .failed(.malformed))
        #expect(read(text, pieces: 1000) == .failed(.malformed))
    }

    @Test func a_head_without_an_end_is_given_up() {
        let text = "HTTP/1.1 200 OK\r\n" + String(repeating: "A: b\r\n", count: 10_000)
        #expect(read(text, pieces: 1000) == .failed(.malformed))
        let line = "HTTP/1.1 200 OK\r\nA: " + String(repeating: "b", count: 40_000)
        #expect(read(line, pieces: 1000) == .failed(.malformed))
        let trailers =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + String(repeating: "A: b\r\n", count: 10_000)
        #expect(read(trailers, pieces: 1000) == .failed(.malformed))
    }

    @Test func no_bytes_make_it_fail_other_than_by_an_error() {
        var generator = SeededGenerator(seed: 0x9E37_79B9_7F4A_7C15)
        let seeds = [
            Self.event, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            "HTTP/1.1 100 X\r\n\r\nHTTP/1.0 500 X\r\nA: b\r\n\r\nabc",
        ]
        var complete = 0
        for round in 0..<20_000 {
            var bytes = Array(seeds[round % seeds.count].utf8)
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                let index = Int.random(in: bytes.indices, using: &generator)
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            var reader = HTTPAnswerReader(bodyLimit: 64)
            var last = Progress.needsMore
            for byte in bytes where last == .needsMore { last = reader.receive([byte][...]) }
            if last == .needsMore { last = reader.end() }
            if case .complete(let answer, _) = last {
                complete += 1
                #expect(answer.body.count <= 64)
            }
        }
        #expect(complete > 1000)
    }
}
