import Glibc

/// One connection of a recording upstream: reads requests by the letter of RFC 9112 and notes whatever is not one.
struct UpstreamConnection: Sendable {
    private let descriptor: Int32
    private let number: Int
    private let record: Awaited<RecordingUpstream.Record>
    private let answer: @Sendable (RecordedRequest) -> UpstreamAnswer

    init(
        _ descriptor: Int32,
        _ number: Int,
        _ record: Awaited<RecordingUpstream.Record>,
        _ answer: @escaping @Sendable (RecordedRequest) -> UpstreamAnswer,
    ) {
        self.descriptor = descriptor
        self.number = number
        self.record = record
        self.answer = answer
    }

    func serve() {
        defer {
            // shutdown as well: a child that was started meanwhile may hold a copy of the descriptor.
            shutdown(descriptor, Int32(SHUT_RDWR))
            _ = close(descriptor)
            record.update { $0.closed += 1 }
        }
        var buffer: [UInt8] = []
        while true {
            do {
                guard let request = try readRequest(&buffer) else { return }
                record.update { $0.requests.append(request) }
                let answer = answer(request)
                if case .dribble(let bytes) = answer {
                    guard dribble(bytes) else { return }
                    continue
                }
                guard write(request.method == "HEAD" ? answer.headBytes : answer.bytes) else { return }
                if case .bytes(_, thenClose: true) = answer { return }
            } catch {
                record.update { $0.garbage.append("\(error)") }
                return
            }
        }
    }

    /// The next request, or `nil` when the peer closes between two of them.
    private func readRequest(_ buffer: inout [UInt8]) throws -> RecordedRequest? {
        while HeadText.length(in: buffer) == nil {
            guard receive(&buffer) else {
                if buffer.isEmpty { return nil }
                throw TestSupportError("the connection ended within a head")
            }
        }
        let length = HeadText.length(in: buffer) ?? 0
        let (start, fields) = try HeadText.parse(buffer.prefix(length))
        buffer.removeFirst(length)
        let parts = start.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else { throw TestSupportError("not a request line: \(start)") }
        var request = RecordedRequest(
            method: parts[0],
            target: parts[1],
            version: parts[2],
            fields: fields,
            body: [],
            connection: number,
        )
        request.body = try readBody(of: request, &buffer)
        return request
    }

    private func readBody(of request: RecordedRequest, _ buffer: inout [UInt8]) throws -> [UInt8] {
        let encodings = request.values("transfer-encoding")
        let lengths = request.values("content-length")
        guard encodings.isEmpty || lengths.isEmpty else {
            throw TestSupportError("both Transfer-Encoding and Content-Length")
        }
        if !encodings.isEmpty {
            guard encodings == ["chunked"] else { throw TestSupportError("Transfer-Encoding \(encodings)") }
            return try readChunks(&buffer)
        }
        guard !lengths.isEmpty else { return [] }
        guard lengths.count == 1, let length = Int(lengths[0]) else {
            throw TestSupportError("Content-Length \(lengths)")
        }
        return try take(length, &buffer)
    }

    private func readChunks(_ buffer: inout [UInt8]) throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let line = try takeLine(&buffer)
            guard let size = Int(line, radix: 16) else { throw TestSupportError("chunk size '\(line)'") }
            if size == 0 { break }
            body += try take(size, &buffer)
            guard try takeLine(&buffer).isEmpty else { throw TestSupportError("a chunk without its end") }
        }
        guard try takeLine(&buffer).isEmpty else { throw TestSupportError("a trailer was forwarded") }
        return body
    }

    private func take(_ count: Int, _ buffer: inout [UInt8]) throws -> [UInt8] {
        while buffer.count < count {
            guard receive(&buffer) else { throw TestSupportError("the connection ended within a body") }
        }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    private func takeLine(_ buffer: inout [UInt8]) throws -> String {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = buffer[..<end]
                buffer.removeFirst(end + 1)
                guard line.last == 13 else { throw TestSupportError("a line that ends in a bare LF") }
                return String(decoding: line.dropLast(), as: UTF8.self)
            }
            guard receive(&buffer) else { throw TestSupportError("the connection ended within a line") }
        }
    }

    private func receive(_ buffer: inout [UInt8]) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            // recv fills at most the chunk's own count of bytes.
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            let received = chunk.prefix(count)
            record.update { $0.bytes[number] += received }
            buffer += received
            return true
        }
    }

    /// Sends byte after byte, each in a packet of its own.
    private func dribble(_ bytes: [UInt8]) -> Bool {
        var yes: Int32 = 1
        // The option's value lives for the call and has the size that is given.
        _ = unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        for byte in bytes {
            guard write([byte]) else { return false }
        }
        return true
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            // The pointer is used within the call and counts the slice's own bytes.
            let count = unsafe rest.withUnsafeBytes {
                unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
