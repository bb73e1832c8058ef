/// Parses what an upstream answers, as strictly as requests: a broken or hostile upstream is a 502, never a guess.
///
/// Resumable like `RequestHeadParser`, and for the same reason nothing in the head survives a `needMore`.
package struct ResponseHeadParser: Sendable {
    private let limits: HeadLimits
    private let interimLimit: Int
    private let statusLine = StatusLineParser()
    private let fieldLine = FieldLineParser()
    private var progress = HeadProgress()
    private var interimCount = 0
    private var refusal: HTTPRefusal?

    /// - Parameter interimLimit: how many 1xx responses may precede the final one.
    package init(limits: HeadLimits = .upstream, interimLimit: Int = 16) {
        self.limits = limits
        self.interimLimit = interimLimit
    }

    /// Call before the response to another request on the same connection.
    package mutating func beginExchange() {
        interimCount = 0
        progress.rewind()
    }

    /// Parses the head at the beginning of `bytes`; the same rules as for `RequestHeadParser.parse`.
    ///
    /// After an interim response call again for the next one.
    package mutating func parse(
        _ bytes: Span<UInt8>,
        for context: ResponseContext,
        into head: inout ResponseHead,
    ) -> HeadParseResult {
        if let refusal { return .refused(refusal) }
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
            if let code = finish(raw, context, &head) { return refuse(code) }
            return .complete(length: length)
        }
    }

    private mutating func awaitMore(_ window: Int) -> HeadParseResult {
        if !progress.hasStartLine, window > limits.startLineBytes { return refuse(.statusLineMalformed) }
        if window > limits.headBytes { return refuse(.headTooLarge) }
        progress.await(after: window)
        return .needMore
    }

    private mutating func parseLines(_ raw: RawSpan, into head: inout ResponseHead) -> HeadParseResult {
        if !progress.hasStartLine, let result = parseStatusLine(raw, into: &head) { return result }
        while true {
            switch fieldLine.parse(raw, at: progress.lineStart) {
            case .incomplete:
                return .needMore
            case .field(let field, let set, let next):
                progress.fieldCount += 1
                if progress.fieldCount > limits.fields { return .refused(HTTPRefusal(upstream: .tooManyFields)) }
                head.fields.append(field, set)
                progress.lineStart = next
            case .endOfHead(let next):
                return .complete(length: next)
            case .refused(let code):
                return .refused(HTTPRefusal(upstream: code))
            }
        }
    }

    /// Nil when the status line is there and accepted.
    private mutating func parseStatusLine(_ raw: RawSpan, into head: inout ResponseHead) -> HeadParseResult? {
        if raw.byteCount == 0 { return .needMore }
        var start = 0
        // Some servers send one line end too many after an interim response or a body; one is forgiven, as in requests.
        if ByteScan.byte(raw, 0) == ASCII.carriageReturn {
            if raw.byteCount == 1 { return .needMore }
            if ByteScan.byte(raw, 1) != ASCII.lineFeed { return .refused(HTTPRefusal(upstream: .lineEndMalformed)) }
            start = 2
        }
        switch statusLine.parse(raw, at: start, into: &head) {
        case .incomplete:
            return .needMore
        case .refused(let code):
            return .refused(HTTPRefusal(upstream: code))
        case .line(let next):
            if next - start > limits.startLineBytes { return .refused(HTTPRefusal(upstream: .statusLineMalformed)) }
            progress.hasStartLine = true
            progress.lineStart = next
            return nil
        }
    }

    private mutating func refuse(_ code: HTTPRefusal.Code) -> HeadParseResult {
        let refusal = HTTPRefusal(upstream: code)
        self.refusal = refusal
        return .refused(refusal)
    }

    /// What only the whole head can tell: framing and persistence.
    private mutating func finish(
        _ raw: RawSpan,
        _ context: ResponseContext,
        _ head: inout ResponseHead,
    ) -> HTTPRefusal.Code? {
        let options = ConnectionOptions(head.fields, in: raw)
        if options.count > HeadLimits.connectionOptions { return .connectionOptionsTooMany }
        switch DeclaredFraming.read(head.fields, in: raw, version: head.version) {
        case .failure(let code):
            return code
        case .success(let declared):
            head.declaredLength = declared.contentLength
            head.keepAlive = options.persists(head.version)
            if head.status < 200 { return finishInterim(declared, options, context, &head) }
            ResponseFraming.apply(declared, context, to: &head)
            return nil
        }
    }

    /// 1xx has no body and may declare none (RFC 9112 §6.1, §6.2): what follows it is a head, and a body would be
    /// taken for one.
    private mutating func finishInterim(
        _ declared: DeclaredFraming,
        _ options: ConnectionOptions,
        _ context: ResponseContext,
        _ head: inout ResponseHead,
    ) -> HTTPRefusal.Code? {
        if declared.chunked { return .framingContradictory }
        if let length = declared.contentLength, length > 0 { return .framingContradictory }
        if head.status == 101 {
            let isUpgrade = options.upgrade && head.fields.contains(.upgrade) && head.version == .http11
            return context.requestAskedForUpgrade && isUpgrade ? nil : .statusNotExpected
        }
        interimCount += 1
        return interimCount > interimLimit ? .interimResponsesTooMany : nil
    }
}
