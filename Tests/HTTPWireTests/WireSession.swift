import HTTPWire

/// A server's side of one connection without the sockets: what the bytes turn into, however they arrive.
struct WireSession {
    struct Request: Equatable {
        var method: String
        var target: String
        var fields: [Pair] = []
        var body: [UInt8] = []
        var isUpgrade = false
        /// What a door has to deny although the bytes are sound HTTP.
        var repeatsAuthorization = false
    }

    struct Pair: Equatable {
        var name: String
        var value: [UInt8]
    }

    /// Requests that arrived whole.
    private(set) var requests: [Request] = []
    /// The request of which the body is arriving.
    private(set) var current: Request?
    private(set) var refusal: HTTPRefusal?
    /// The client asked for close, or was refused: nothing more is read.
    private(set) var isClosed = false

    private var buffer: [UInt8] = []
    private var parser: RequestHeadParser
    private var head = RequestHead()
    private var body: BodyReader?
    private var persists = true

    init(limits: HeadLimits = HeadLimits()) {
        parser = RequestHeadParser(limits: limits)
    }

    mutating func receive(_ bytes: some Sequence<UInt8>) {
        buffer.append(contentsOf: bytes)
        while !isClosed, advance() {}
    }

    /// One step; false when more bytes are needed.
    private mutating func advance() -> Bool {
        guard var reader = body else { return advanceHead() }
        let event = reader.next(buffer.span)
        body = reader
        switch event {
        case .needMore(let consumed):
            buffer.removeFirst(consumed)
            return false
        case .data(let range):
            current?.body.append(contentsOf: buffer[range])
            buffer.removeFirst(range.upperBound)
            return true
        case .end(let consumed):
            buffer.removeFirst(consumed)
            if let current { requests.append(current) }
            current = nil
            body = nil
            isClosed = !persists
            return true
        case .refused(let refusal):
            refuse(refusal)
            return false
        }
    }

    private mutating func advanceHead() -> Bool {
        // A span of one stored property and `inout` of another are an overlap inside a struct; the local name is not.
        let bytes = buffer
        switch parser.parse(bytes.span, into: &head) {
        case .needMore:
            return false
        case .refused(let refusal):
            refuse(refusal)
            return false
        case .complete(let length):
            current = Self.copy(head, buffer)
            persists = head.keepAlive
            body = BodyReader(head.framing)
            buffer.removeFirst(length)
            return true
        }
    }

    private mutating func refuse(_ refusal: HTTPRefusal) {
        self.refusal = refusal
        isClosed = true
    }

    private static func copy(_ head: RequestHead, _ bytes: [UInt8]) -> Request {
        var request = Request(
            method: String(decoding: bytes[head.methodName.range], as: UTF8.self),
            target: String(decoding: bytes[head.target.range], as: UTF8.self),
        )
        for field in head.fields.list {
            let name = String(decoding: bytes[field.name.range], as: UTF8.self)
            request.fields.append(Pair(name: name, value: Array(bytes[field.value.range])))
        }
        request.isUpgrade = head.asksForUpgrade
        request.repeatsAuthorization = head.fields.repeated.contains(.authorization)
        return request
    }
}
