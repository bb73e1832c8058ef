import TestSupport

/// Makes new requests out of old ones: most are broken, a good part is still sound in odd ways.
struct RequestMutator {
    private let seeds: [[UInt8]]
    private var generator: SeededGenerator

    private static let pieces: [[UInt8]] = [
        "\r\n", "\n", "\r", "\r\n\r\n", " ", "\t", "\0", ":", ",", ";", "=", "\"", "\\", "#", "%", "/", "//", "?", "*",
        "0", "a",
        "\u{0B}", "\u{0C}", "\u{7F}", "\u{85}", "é", "chunked", "Chunked", "identity", "close", "keep-alive", "Upgrade",
        "upgrade",
        "Host: a\r\n", "Host:\r\n", "Content-Length: 3\r\n", "Content-Length: 0\r\n", "Content-Length:\t1 \r\n",
        "Transfer-Encoding: chunked\r\n", "Transfer-Encoding:chunked\r\n", "Connection: close\r\n",
        "Proxy-Connection: close\r\n",
        "Proxy-Connection: keep-alive\r\n", "Keep-Alive: 1\r\n", "Trailer: X\r\n", "Connection: Close, x\r\n",
        "Connection: keep-alive, upgrade\r\n", "Upgrade: websocket\r\n", "Expect: 100-continue\r\n", "X_Y.z: 1\r\n",
        " X: folded\r\n", "X : 1\r\n", "0\r\n\r\n", "3\r\nabc\r\n", "3;a=b\r\nabc\r\n", "3;a=\"q\\\"\"\r\nabc\r\n",
        "0\r\nT: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: b\r\n\r\n", "POST /p HTTP/1.1\r\nHost: b\r\nContent-Length: 2\r\n\r\nhi",
        "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "http://h/p", "GET ", "HEAD ", "OPTIONS ", "PROPFIND ", "FOO ", "CONNECT ",
    ].map { Array($0.utf8) }

    init(seeds: [[UInt8]], seed: UInt64) {
        self.seeds = seeds.isEmpty ? [Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)] : seeds
        generator = SeededGenerator(seed: seed)
    }

    mutating func next() -> [UInt8] {
        var bytes = pick(seeds)
        for _ in 0..<Int.random(in: 0...4, using: &generator) { mutate(&bytes) }
        return bytes
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        let at = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0:
            if at < bytes.count { bytes[at] = UInt8.random(in: 0...255, using: &generator) }
        case 1, 2:
            bytes.insert(contentsOf: pick(Self.pieces), at: at)
        case 3:
            bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 0...6, using: &generator)))
        case 4:
            insertAtLine(pick(Self.pieces), &bytes)
        case 5:
            let other = pick(seeds)
            bytes = Array(bytes.prefix(at)) + other.suffix(Int.random(in: 0...other.count, using: &generator))
        case 6:
            if at < bytes.count { bytes[at] ^= 0x20 }
        default:
            bytes.append(contentsOf: pick(seeds).prefix(600))
        }
    }

    /// Field lines are where most of the grammar is: put the piece in front of one.
    private mutating func insertAtLine(_ piece: [UInt8], _ bytes: inout [UInt8]) {
        let starts = bytes.indices.filter { $0 > 0 && bytes[$0 - 1] == 0x0A }
        guard let start = starts.randomElement(using: &generator) else { return }
        bytes.insert(contentsOf: piece, at: start)
    }

    private mutating func pick(_ list: [[UInt8]]) -> [UInt8] {
        list[Int.random(in: 0..<list.count, using: &generator)]
    }
}
