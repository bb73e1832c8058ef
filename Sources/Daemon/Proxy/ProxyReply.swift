internal import HTTPWire
internal import NIOCore

/// A complete answer that the proxy gives itself, prepared: its head without the end, and its JSON body.
struct ProxyReply: Sendable {
    let status: UInt16
    private let head: [UInt8]
    private let body: [UInt8]

    /// How the client's connection goes on.
    enum End: Equatable {
        case persistent
        /// An HTTP/1.0 client asked to keep the connection (RFC 9112 §9.3).
        case keepAlive
        case close
    }

    /// - Parameters:
    ///   - code: for the body's `error`; from a closed list.
    ///   - sentence: for the body's `message`; JSON text without anything that needs escaping.
    ///   - fields: name and value of fields; nothing of a request may be in them.
    init(status: UInt16, code: String, sentence: StaticString, fields: [(String, String)]) {
        self.status = status
        body = Array(#"{"error":"\#(code)","message":"\#(sentence)"}"#.utf8)
        var head: [UInt8] = []
        HeadWriter.appendStatusLine(status, to: &head)
        for (name, value) in fields {
            // A name or value that would make a field of its own is left out.
            _ = HeadWriter.appendField(name: Array(name.utf8).span, value: Array(value.utf8).span, to: &head)
        }
        HeadWriter.appendField("Cache-Control", "no-store", to: &head)
        HeadWriter.appendField("Content-Type", "application/json", to: &head)
        HeadWriter.appendField("Content-Length", UInt64(body.count), to: &head)
        self.head = head
    }

    /// The set of keys that assertions are verified with.
    init(keySet: KeySetReply, to method: RequestMethod) {
        status = KeySetReply.status(method)
        (head, body) = keySet.parts(method)
    }

    /// Appends the whole answer; to HEAD without the body (RFC 9110 §9.3.2).
    func append(to output: inout ByteBuffer, end: End, toHead: Bool) {
        output.writeBytes(head)
        switch end {
        case .persistent: output.writeStaticString("\r\n")
        case .keepAlive: output.writeStaticString("Connection: keep-alive\r\n\r\n")
        case .close: output.writeStaticString("Connection: close\r\n\r\n")
        }
        if !toHead { output.writeBytes(body) }
    }
}
