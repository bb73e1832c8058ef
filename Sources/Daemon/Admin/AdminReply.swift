internal import HTTPWire

/// An answer of the admin endpoint.
struct AdminReply: Equatable {
    enum Content: Equatable {
        case text, json, metrics, html, keySet
    }

    let status: UInt16
    let content: Content
    let body: [UInt8]

    static let alive = AdminReply(status: 200, content: .text, body: Array("ok\n".utf8))
    static let notFound = AdminReply(status: 404, content: .text, body: Array("not found\n".utf8))
    static let methodNotAllowed = AdminReply(status: 405, content: .text, body: Array("method not allowed\n".utf8))
    /// An event loop did not answer, so nothing certain can be said.
    static let unresponsive = AdminReply(status: 503, content: .json, body: ReadinessText.json(.unresponsive))

    /// The page that needs a report.
    init(_ page: AdminPage, _ report: AdminReport) {
        switch page {
        case .alive: self = .alive
        // Made without a report.
        case .unknown, .keySet: self = .notFound
        case .ready:
            self.init(status: report.status.code, content: .json, body: ReadinessText.json(report))
        case .metrics:
            self.init(status: 200, content: .metrics, body: MetricsText.render(report.metrics))
        case .status:
            self.init(status: 200, content: .html, body: StatusPage.html(report))
        }
    }

    init(status: UInt16, content: Content, body: [UInt8]) {
        self.status = status
        self.content = content
        self.body = body
    }

    /// The whole message. `Connection` and body are as the request wants them.
    func bytes(for request: AdminRequest) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(body.count + 512)
        HeadWriter.appendStatusLine(status, to: &output)
        switch content {
        case .text: HeadWriter.appendField("Content-Type", "text/plain; charset=utf-8", to: &output)
        case .json: HeadWriter.appendField("Content-Type", "application/json", to: &output)
        case .metrics: HeadWriter.appendField("Content-Type", MetricsText.contentType, to: &output)
        case .html:
            HeadWriter.appendField("Content-Type", "text/html; charset=utf-8", to: &output)
            HeadWriter.appendField(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                to: &output
            )
            HeadWriter.appendField("Referrer-Policy", "no-referrer", to: &output)
        case .keySet: HeadWriter.appendField("Content-Type", "application/jwk-set+json", to: &output)
        }
        // RFC 9110 §15.5.6: a 405 says what would have been allowed.
        if status == 405 { HeadWriter.appendField("Allow", "GET, HEAD", to: &output) }
        HeadWriter.appendField("X-Content-Type-Options", "nosniff", to: &output)
        if content == .keySet {
            HeadWriter.append("Cache-Control: public, max-age=", to: &output)
            HeadWriter.appendDecimal(UInt64(KeySetReply.maximumAge), to: &output)
            HeadWriter.append("\r\n", to: &output)
        } else {
            HeadWriter.appendField("Cache-Control", "no-store", to: &output)
        }
        if request.closes { HeadWriter.appendField("Connection", "close", to: &output) }
        if request.saysKeepAlive { HeadWriter.appendField("Connection", "keep-alive", to: &output) }
        HeadWriter.appendField("Content-Length", UInt64(body.count), to: &output)
        HeadWriter.appendEnd(to: &output)
        if !request.isHead { output.append(contentsOf: body) }
        return output
    }
}
