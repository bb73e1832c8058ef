/// The complete answer to bytes that were refused: small, fixed, without anything that was received.
package enum RefusalResponse {
    /// A response with `Connection: close` and a JSON body that names the code. The connection is closed after it.
    package static func bytes(for refusal: HTTPRefusal) -> [UInt8] {
        let phrase = StatusReason.phrase(refusal.status)
        let body = Array(#"{"error":"\#(refusal.code.rawValue)","message":"\#(phrase)"}"#.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(256)
        HeadWriter.appendStatusLine(refusal.status, to: &output)
        // RFC 9110 §15.5.6: a 405 says what would have been allowed.
        if refusal.status == 405 {
            HeadWriter.appendField("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS", to: &output)
        }
        HeadWriter.appendField("Content-Type", "application/json", to: &output)
        HeadWriter.appendField("Cache-Control", "no-store", to: &output)
        HeadWriter.appendField("Connection", "close", to: &output)
        HeadWriter.appendField("Content-Length", UInt64(body.count), to: &output)
        HeadWriter.appendEnd(to: &output)
        output.append(contentsOf: body)
        return output
    }
}
