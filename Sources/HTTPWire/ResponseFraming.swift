/// The body rules of RFC 9112 §6.3 for final responses, in their order.
enum ResponseFraming {
    /// Sets the framing of the head, and ends the connection where its declared body contradicts its status.
    static func apply(_ declared: DeclaredFraming, _ context: ResponseContext, to head: inout ResponseHead) {
        if context.requestWasHead || head.status == 304 {
            // A declared length tells what GET would have got; none of it follows.
            head.framing = .none
        } else if head.status == 204 {
            head.framing = .none
            if declared.chunked || (declared.contentLength ?? 0) > 0 { head.keepAlive = false }
        } else if declared.chunked {
            head.framing = .chunked
        } else if let length = declared.contentLength {
            head.framing = .length(length)
        } else {
            head.framing = .untilClose
            head.keepAlive = false
        }
    }
}
