/// A client for the helpers that stand beside a function on this machine, such as AWS's Parameters and Secrets
/// extension on port 2773: blocking, HTTP/1.1, plain text, a new connection for each call.
package struct LoopbackHTTPClient: Sendable {
    private let endpoint: TCPEndpoint

    /// - Parameter port: on 127.0.0.1.
    package init(port: UInt16) { endpoint = TCPEndpoint(loopback: port) }

    /// Sends a GET and waits for the whole answer, whatever its status.
    /// - Parameters:
    ///   - target: path and query as they go on the wire, percent-encoded.
    ///   - fields: header fields besides `Host`; names and values without control characters.
    ///   - timeout: for the whole call, in milliseconds.
    ///   - maximumBodyBytes: a longer body is refused (`tooLarge`).
    /// - Throws: `malformed` where target or a field could not be sent as one.
    package func get(
        _ target: String,
        fields: [HTTPField] = [],
        timeout: Int64 = 2000,
        maximumBodyBytes: Int = 1 << 20
    ) throws(HTTPFailure) -> HTTPAnswer {
        let fields = fields + [HTTPField("Connection", "close")]
        guard let request = HTTPRequest.bytes("GET", target, host: endpoint.text, fields: fields) else {
            throw .malformed
        }
        // The connection ends with the socket, at the end of this call.
        var connection = HTTPConnection(TCPSocket(endpoint))
        let deadline = WallClock.steadyMilliseconds() + min(max(timeout, 0), 86_400_000)
        return try connection.exchange(request, bodyLimit: maximumBodyBytes, before: deadline)
    }
}
