/// Parses request heads (RFC 9112 §2–§6) out of the bytes of one connection.
///
/// It keeps a few integers for its connection; the result goes into a `RequestHead` that the event loop shares among
/// its connections. So nothing in the head survives a `needMore`: lines that were accepted then are not looked at again
/// until the empty line comes, and then the whole head is parsed once more. Each byte is read at most a fixed number of
/// times, however the input is cut.
package struct RequestHeadParser: Sendable {
    private let limits: HeadLimits
    private let requestLine = RequestLineParser()
    private let fieldLine = FieldLineParser()
    private var progress = HeadProgress()
    private var refusal: HTTPRefusal?

    package init(limits: HeadLimits = HeadLimits()) {
        self.limits = limits
    }

    /// Whether a part of a head has come, and the rest is awaited.
    package var isInsideHead: Bool { progress.hasBegun }

    /// Parses the head at the beginning of `bytes`.
    ///
    /// - Parameter bytes: all bytes that the connection has received since the end of the last message; after
    ///   `needMore` the same bytes with more behind them.
    /// - Parameter head: is filled on `complete`; on anything else its content means nothing.
    ///
    /// After `complete` the parser is ready for the next head. After `refused` it gives the same refusal for ever.
    package mutating func parse(_ bytes: Span<UInt8>, into head: inout RequestHead) -> HeadParseResult {
        if let refusal { return .refused(refusal) }
        // One byte more than is allowed is enough to see that there are too many.
        let window = min(bytes.count, limits.headBytes + 1)
        // Safe: a byte has no padding, so every byte of the view is initialised.
        let raw = unsafe bytes.bytes.extracting(0..<window)
        if !progress.lineMayBeComplete(raw) { return awaitMore(window) }
        let isResumed = progress.lineStart > 0
        head.reset()
        var result = parseLines(raw, into: &head)
        if isResumed, case .complete = result {
            progress.rewind()
            head.reset()
            result = parseLines(raw, into: &head)
        }
        switch result {
        case .needMore:
            return awaitMore(window)
        case .refused(let refusal):
            return refuse(refusal.code)
        case .complete(let length):
            progress.rewind()
            if length > limits.headBytes { return refuse(.headTooLarge) }
            if let code = finish(raw, &head) { return refuse(code) }
            return .complete(length: length)
        }
    }

    private mutating func awaitMore(_ window: Int) -> HeadParseResult {
        if !progress.hasStartLine, window > limits.startLineBytes { return refuse(.requestLineTooLong) }
        if window > limits.headBytes { return refuse(.headTooLarge) }
        progress.await(after: window)
        return .needMore
    }

    @inline(__always)
    private mutating func parseLines(_ raw: RawSpan, into head: inout RequestHead) -> HeadParseResult {
        if !progress.hasStartLine, let result = parseRequestLine(raw, into: &head) { return result }
        while true {
            switch fieldLine.parse(raw, at: progress.lineStart) {
            case .incomplete:
                return .needMore
            case .field(let field, let set, let next):
                progress.fieldCount += 1
                if progress.fieldCount > limits.fields { return .refused(HTTPRefusal(.tooManyFields)) }
                head.fields.append(field, set)
                progress.lineStart = next
            case .endOfHead(let next):
                return .complete(length: next)
            case .refused(let code):
                return .refused(HTTPRefusal(code))
            }
        }
    }

    /// Nil when the request line is there and accepted.
    private mutating func parseRequestLine(_ raw: RawSpan, into head: inout RequestHead) -> HeadParseResult? {
        var start = 0
        // RFC 9112 §2.2: one empty line in front of the request line is ignored; more are not.
        if raw.byteCount > 0, ByteScan.byte(raw, 0) == ASCII.carriageReturn {
            if raw.byteCount == 1 { return .needMore }
            if ByteScan.byte(raw, 1) != ASCII.lineFeed { return .refused(HTTPRefusal(.lineEndMalformed)) }
            start = 2
        }
        switch requestLine.parse(raw, at: start, into: &head) {
        case .incomplete:
            return .needMore
        case .refused(let code):
            return .refused(HTTPRefusal(code))
        case .line(let next):
            if next - start > limits.startLineBytes { return .refused(HTTPRefusal(.requestLineTooLong)) }
            progress.hasStartLine = true
            progress.lineStart = next
            return nil
        }
    }

    private mutating func refuse(_ code: HTTPRefusal.Code) -> HeadParseResult {
        let refusal = HTTPRefusal(code)
        self.refusal = refusal
        return .refused(refusal)
    }

    /// What only the whole head can tell: host, framing, persistence, expectation.
    private func finish(_ raw: RawSpan, _ head: inout RequestHead) -> HTTPRefusal.Code? {
        if let code = finishHost(raw, &head) { return code }
        head.keepAlive = head.version == .http11
        return head.fields.seen.intersects(Self.connectionFields) ? finishConnection(raw, &head) : nil
    }

    /// Fields without which a message has no body and the connection its version's default.
    private static let connectionFields = FieldSet([
        .contentLength, .transferEncoding, .connection, .proxyConnection, .expect,
    ])

    private func finishConnection(_ raw: RawSpan, _ head: inout RequestHead) -> HTTPRefusal.Code? {
        switch DeclaredFraming.read(head.fields, in: raw, version: head.version) {
        case .failure(let code):
            return code
        case .success(let framing):
            if framing.chunked {
                head.framing = .chunked
            } else if let length = framing.contentLength {
                head.framing = .length(length)
            }
        }
        let options = ConnectionOptions(head.fields, in: raw)
        if options.count > HeadLimits.connectionOptions { return .connectionOptionsTooMany }
        head.keepAlive = options.persists(head.version)
        head.asksForUpgrade = options.upgrade && head.version == .http11 && head.fields.contains(.upgrade)
        return finishExpectation(raw, &head)
    }

    /// RFC 9112 §3.2: exactly one Host in HTTP/1.1, at most one in 1.0. The authority of the target replaces its value.
    private func finishHost(_ raw: RawSpan, _ head: inout RequestHead) -> HTTPRefusal.Code? {
        guard let field = head.fields.first(.host) else {
            return head.version == .http11 ? .hostMissing : nil
        }
        if head.fields.repeated.contains(.host) { return .hostRepeated }
        guard HostSyntax.isValid(raw, field.value) else { return .hostMalformed }
        if head.targetForm != .absolute { head.host = field.value }
        return nil
    }

    /// RFC 9110 §10.1.1: only `100-continue` exists, and HTTP/1.0 clients cannot mean it.
    private func finishExpectation(_ raw: RawSpan, _ head: inout RequestHead) -> HTTPRefusal.Code? {
        guard head.fields.contains(.expect), head.version == .http11 else { return nil }
        for field in head.fields.list where field.known == .expect {
            let value = field.value
            guard FieldNameComparison.isEqual(raw, Int(value.start), Int(value.end), "100-continue")
            else { return .expectationUnknown }
        }
        head.expectsContinue = head.framing.hasBody
        return nil
    }
}
