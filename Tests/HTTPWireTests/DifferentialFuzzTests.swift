import HTTPWire
import Testing

/// HTTPWire must be the stricter of the two: whatever it takes, NIOHTTP1 must take as well, and read the same in it.
@Suite struct DifferentialFuzzTests {
    private struct Tally {
        var inputs = 0
        var complete = 0
        var stricter = 0
        var extensionMethods = 0
        var optionalWhitespace = 0
    }

    /// Inputs for each seed: enough for each kind of mutation to meet each kind of request, in seconds.
    private static let count = 15_000

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func HTTPWire_accepts_nothing_that_NIOHTTP1_refuses(seed: UInt64) throws {
        var seeds = Self.ownSeeds
        if CorpusFolder.isPresent("http-smuggling.json") {
            for entry in try SmugglingCase.load() where entry.raw.count < 4096 {
                // Sound requests more often: of a broken one, a mutation seldom makes a sound one.
                seeds += Array(repeating: Array(entry.raw), count: entry.expect == .reject ? 1 : 20)
            }
        }
        var mutator = RequestMutator(seeds: seeds, seed: seed)
        var tally = Tally()
        var differences: [String] = []
        for _ in 0..<Self.count {
            let bytes = mutator.next()
            tally.inputs += 1
            if let difference = Self.compareModuloWhitespace(bytes, &tally) {
                differences.append("\(difference): \(Self.printable(bytes))")
            }
        }
        for difference in differences.prefix(10) { print(difference) }
        print("differential, seed \(seed): \(tally)")
        #expect(differences.isEmpty)
        #expect(tally.complete > Self.count / 20, "the mutations leave too little to compare")
    }

    /// RFC 9112 §5.1 and §7.1.1 allow optional white space in two places where this version of llhttp does not take
    /// it: a tab behind a Content-Length, and white space behind the semicolon of a chunk extension. It carries no
    /// meaning, so an input that differs must agree once it is taken away.
    private static func compareModuloWhitespace(_ bytes: [UInt8], _ tally: inout Tally) -> String? {
        guard let difference = compare(bytes, &tally) else { return nil }
        let changed = withoutOptionalWhitespace(bytes)
        if changed == bytes { return difference }
        tally.optionalWhitespace += 1
        return compare(changed, &tally)
    }

    private static func withoutOptionalWhitespace(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for byte in bytes {
            if byte == 0x0D {
                while result.last == 0x09 || (result.last == 0x20 && result.dropLast().last == 0x09) {
                    result.removeLast()
                }
            }
            if result.last == 0x3B, byte == 0x09 || byte == 0x20 { continue }
            result.append(byte)
        }
        return result
    }

    /// Nil when both agree, or HTTPWire is the stricter one.
    private static func compare(_ bytes: [UInt8], _ tally: inout Tally) -> String? {
        var session = WireSession()
        session.receive(bytes)
        let oracle = NIOOracle.read(bytes)
        if session.requests.isEmpty {
            if oracle.complete > 0 { tally.stricter += 1 }
            return nil
        }
        for (index, mine) in session.requests.enumerated() {
            if index < oracle.requests.count, index < oracle.complete || index == oracle.requests.count - 1 {
                let theirs = oracle.requests[index]
                if mine.method != theirs.method { return "method" }
                if mine.target != theirs.target { return "target" }
                if !haveSameFields(mine, theirs) { return "fields" }
                if index < oracle.complete, mine.body != theirs.body { return "body" }
                if index >= oracle.complete { return "no end" }
            } else if !knownToNIO.contains(mine.method) {
                // RFC 9110 §9.1: any token is a method. llhttp has a list; everything but the list is compared.
                tally.extensionMethods += 1
                return index == 0 ? compareWithKnownMethod(bytes, mine.method, &tally) : nil
            } else {
                return "accepted what NIOHTTP1 refuses (request \(index))"
            }
            tally.complete += 1
            // After an upgrade request NIOHTTP1 reads no further HTTP.
            if mine.isUpgrade { return nil }
        }
        return nil
    }

    private static func compareWithKnownMethod(_ bytes: [UInt8], _ method: String, _ tally: inout Tally) -> String? {
        guard let start = bytes.firstIndex(where: { $0 != 0x0D && $0 != 0x0A }) else { return nil }
        var changed = bytes
        changed.replaceSubrange(start..<start + method.utf8.count, with: Array("PURGE".utf8))
        return compare(changed, &tally)
    }

    private static func haveSameFields(_ mine: WireSession.Request, _ theirs: WireSession.Request) -> Bool {
        guard mine.fields.count == theirs.fields.count else { return false }
        return zip(mine.fields, theirs.fields).allSatisfy { mine, theirs in
            // NIOHTTP1 gives values as strings, where what is not UTF-8 was repaired, and leaves white space at their
            // end.
            var value = theirs.value[...]
            while value.last == 0x20 || value.last == 0x09 { value.removeLast() }
            return mine.name == theirs.name
                && String(decoding: mine.value, as: UTF8.self) == String(decoding: value, as: UTF8.self)
        }
    }

    private static func printable(_ bytes: [UInt8]) -> String {
        bytes.prefix(500).map { byte in
            byte >= 0x20 && byte < 0x7F ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16)
        }.joined()
    }

    private static let knownToNIO: Set<String> = [
        "GET", "PUT", "ACL", "HEAD", "POST", "COPY", "LOCK", "MOVE", "BIND", "LINK", "PATCH", "TRACE", "MKCOL", "MERGE",
        "PURGE", "NOTIFY", "SEARCH", "UNLOCK", "REBIND", "UNBIND", "REPORT", "DELETE", "UNLINK", "CONNECT", "MSEARCH",
        "OPTIONS", "PROPFIND", "CHECKOUT", "PROPPATCH", "SUBSCRIBE", "MKCALENDAR", "MKACTIVITY", "UNSUBSCRIBE",
        "SOURCE",
        "M-SEARCH",
    ]

    private static let ownSeeds: [[UInt8]] = [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a?b=c HTTP/1.0\r\n\r\n",
        "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
        "POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y;z=\"q\"\r\nhello\r\n0\r\nTr: 1\r\n\r\n",
        "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
        "GET http://h:1/p?q HTTP/1.1\r\nHost: h\r\nX:  v \t\r\nY:\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
    ].map { Array($0.utf8) }
}
