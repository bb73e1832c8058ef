internal import HTTPWire

/// An accepted head as it goes to an upstream, read again: no field that the upstream must not see, nothing else changed.
struct RebuiltRequest {
    private static let identity = "x-auth-request-user"
    private let head: RequestHead
    private let bytes: [UInt8]
    private let output: [UInt8]

    init(_ head: RequestHead, _ bytes: [UInt8]) {
        self.head = head
        self.bytes = bytes
        let builder = UpstreamHeadBuilder(
            stripped: FoldedNameSet([Self.identity]),
            fallbackHost: Array("fallback.example".utf8)
        )
        var output: [UInt8] = []
        let client = ForwardedClient(address: Array("192.0.2.1".utf8), isTLS: true)
        builder.begin(head, bytes.span, from: client, to: &output)
        builder.end(head, to: &output)
        self.output = output
    }

    func check() throws(Violation) {
        var again = RequestHead()
        var parser = RequestHeadParser(limits: HeadLimits(startLineBytes: 1 << 20, headBytes: 1 << 20, fields: 256))
        let result = parser.parse(output.span, into: &again)
        try require(result == .complete(length: output.count), "what goes to an upstream is one head")
        try require(output[again.methodName.range] == bytes[head.methodName.range], "the method goes on as it came")
        try require(again.framing == head.framing, "the framing goes on as it was read")
        let target = output[again.target.range]
        let came = bytes[head.pathAndQuery.range]
        try require(target.elementsEqual(came) || target.dropFirst().elementsEqual(came), "the path goes on as it came")
        try checkHost(again)
        try checkFields(again)
    }

    private func checkHost(_ again: RequestHead) throws(Violation) {
        guard let host = again.host else {
            try require(again.targetForm != .origin, "what goes to an upstream has a host")
            return
        }
        let came = head.host.map { Array(bytes[$0.range]) } ?? Array("fallback.example".utf8)
        try require(output[host.range].elementsEqual(came), "the host goes on as it was read")
    }

    private func checkFields(_ again: RequestHead) throws(Violation) {
        let framing = FieldSet([.transferEncoding])
        for field in again.fields.list {
            let isHopByHop = HopByHop.fields.contains(field.known) && !framing.contains(field.known)
            try require(!isHopByHop, "nothing of one connection goes on")
            let name = bytes(of: field.name).map {
                $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") ? 0x2D : $0 | 0x20
            }
            try require(!name.elementsEqual(Self.identity.utf8), "no client writes an identity header")
        }
        let client = again.fields.single(.xForwardedFor)
        guard case .one(let address) = client else { throw Violation("the client's address stands there once") }
        try require(output.has("192.0.2.1", at: address.range), "the client's address is not the client's word")
        try require(again.fields.repeated.intersection(FieldSet([.host, .xForwardedProto])) == .empty, "once each")
    }

    private func bytes(of range: ByteRange) -> ArraySlice<UInt8> { output[range.range] }
}
