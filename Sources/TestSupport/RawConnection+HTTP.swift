extension RawConnection {
    /// Reads exactly one response; bytes after it stay for the next read. `method` is the request's: it decides whether
    /// a body follows (RFC 9112 §6.3).
    package func readResponse(to method: String = "GET", before deadline: Deadline = .usual) throws -> RawResponse {
        var length = HeadText.length(in: pending)
        while length == nil {
            guard try receiveMore(before: deadline) else {
                throw TestSupportError("\(address) closed without a whole response, after \(pending.count) bytes")
            }
            length = HeadText.length(in: pending)
        }
        let (start, fields) = try HeadText.parse(pending.prefix(length ?? 0))
        pending.removeFirst(length ?? 0)
        let parts = start.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0].hasPrefix("HTTP/1."), let status = Int(parts[1]) else {
            throw TestSupportError("not a status line: \(start)")
        }
        var response = RawResponse(
            version: String(parts[0]),
            status: status,
            reason: parts.count > 2 ? String(parts[2]) : "",
            fields: fields,
            body: [],
        )
        response.body = try readBody(of: response, method: method, before: deadline)
        return response
    }

    /// Sends a request and reads its response.
    package func exchange(_ request: String, before deadline: Deadline = .usual) throws -> RawResponse {
        try send(request, before: deadline)
        return try readResponse(to: String(request.prefix { $0 != " " }), before: deadline)
    }

    private func readBody(of response: RawResponse, method: String, before deadline: Deadline) throws -> [UInt8] {
        if method == "HEAD" || (100..<200).contains(response.status) || [204, 304].contains(response.status) {
            return []
        }
        if response.values("transfer-encoding").contains(where: { $0.lowercased() == "chunked" }) {
            return try readChunks(before: deadline)
        }
        guard let text = response["content-length"] else { return try readToEnd(before: deadline) }
        guard let length = Int(text) else { throw TestSupportError("Content-Length: \(text)") }
        return try take(length, before: deadline)
    }

    private func readChunks(before deadline: Deadline) throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let line = try takeLine(before: deadline)
            guard let size = Int(line.prefix { $0 != ";" }, radix: 16) else {
                throw TestSupportError("chunk size: \(line)")
            }
            if size == 0 { break }
            body += try take(size, before: deadline)
            guard try takeLine(before: deadline).isEmpty else { throw TestSupportError("a chunk without its end") }
        }
        while try !takeLine(before: deadline).isEmpty {}
        return body
    }

    /// Takes exactly `count` bytes.
    package func take(_ count: Int, before deadline: Deadline = .usual) throws -> [UInt8] {
        while pending.count < count {
            guard try receiveMore(before: deadline) else {
                throw TestSupportError("\(address) closed after \(pending.count) of \(count) bytes")
            }
        }
        defer { pending.removeFirst(count) }
        return Array(pending.prefix(count))
    }

    private func takeLine(before deadline: Deadline) throws -> String {
        while true {
            if let end = pending.firstIndex(of: 10) {
                let line = pending[..<end]
                pending.removeFirst(end + 1)
                return String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
            }
            guard try receiveMore(before: deadline) else { throw TestSupportError("\(address) closed within a line") }
        }
    }
}
