import TestSupport

/// What a door answered to the bytes of one case.
struct SmugglingOutcome {
    var responses: [RawResponse] = []
    /// What came after the answers that were waited for, up to the close.
    var rest: [UInt8] = []
    var readFault: String?

    /// Sends the bytes and reads as many answers as the case promises, then the end. Where the case is a refusal the door
    /// has to close by itself; elsewhere the client ends its side, so that nobody waits for a time limit.
    static func of(_ bytes: [UInt8], _ item: SmugglingCase, at address: SocketAddress) throws -> SmugglingOutcome {
        let client = try RawConnection(to: address)
        var outcome = SmugglingOutcome()
        do {
            try client.send(bytes)
            for _ in 0..<item.requests { outcome.responses.append(try final(client, bytes)) }
            if item.expect != "reject" { client.halfClose() }
            outcome.rest = try client.readToEnd(before: .seconds(40))
        } catch {
            outcome.readFault = "\(error)"
        }
        return outcome
    }

    /// The next response that is not interim (RFC 9110 §15.2).
    private static func final(_ client: RawConnection, _ bytes: [UInt8]) throws -> RawResponse {
        let method = bytes.starts(with: Array("HEAD ".utf8)) ? "HEAD" : "GET"
        while true {
            let response = try client.readResponse(to: method)
            if response.status >= 200 { return response }
        }
    }

    /// What is wrong with the answers themselves, or nil.
    func fault(_ item: SmugglingCase) -> String? {
        if let readFault { return readFault }
        let after = Self.withoutInterim(rest)
        let isRefusal = ["4", "5"].contains { after.hasPrefix("HTTP/1.1 " + $0) }
        let count = after.ranges(of: "HTTP/1.1 ").count
        switch item.expect {
        case "reject":
            // A door that has not read all of a very long request may lose its answer to the reset.
            if rest.isEmpty && item.raw.utf8.count > 80_000 { return nil }
            return isRefusal && count == 1 ? nil : "not one refusal but '\(after.prefix(60))'"
        case "accept-one":
            if !rest.isEmpty { return "more than \(item.requests) answers: '\(after.prefix(60))'" }
            // Well formed: decided on, not refused for its form.
            return responses.allSatisfy { [200, 401, 403, 404].contains($0.status) }
                ? nil : "refused: \(responses.map(\.status))"
        case "close":
            return after.isEmpty || (isRefusal && count == 1) ? nil : "after the answers came '\(after.prefix(60))'"
        default:
            return "unknown expectation \(item.expect)"
        }
    }

    /// What comes after an interim answer (RFC 9110 §15.2), which a client that waits for 100 Continue is given.
    static func withoutInterim(_ rest: [UInt8]) -> String {
        let text = String(decoding: rest, as: UTF8.self)
        guard text.hasPrefix("HTTP/1.1 100 "), let end = text.firstRange(of: "\r\n\r\n") else { return text }
        return String(text[end.upperBound...])
    }

    /// Whether a request that must be denied was allowed.
    func denialFault(_ item: SmugglingCase) -> String? {
        guard let text = item.must_deny else { return nil }
        let denied = text == "second" ? responses.dropFirst() : responses[...]
        return denied.allSatisfy { $0.status == 401 } ? nil : "must be denied (\(text)), got \(responses.map(\.status))"
    }
}
