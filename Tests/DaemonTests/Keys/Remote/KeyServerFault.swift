import TestSupport

/// Every way in which a key server over plain HTTP is tried to misbehave.
enum KeyServerFault: String, CaseIterable, Sendable {
    case serverError, notFound, noContent, redirectToOtherHost, redirectToItself, redirectToFile, permanentRedirect
    case slowHead, slowBody, neverAnswers, hugeBody, hugeBodyWithoutLength, hugeAnnouncedBody, hugeHead, manyFields
    case notHTTP, emptyAnswer, htmlPage, emptyBody, emptyObject, emptySet, nullSet, singleKey, textOfSecrets, pemKey
    case secretsInTheSet, wrongKeys, privateKeysOnly, duplicateKeyID, duplicateName, truncatedJSON, trailingJSON,
        deepJSON
    case shortBody, longBody, twoLengths, badChunks, cutChunks, compressed, reset, resetWithinBody, partialContent

    /// A secret that a token could be signed with, were it taken.
    static let secret = "a-secret-that-a-key-server-hands-out-to-all"

    /// - Parameters:
    ///   - good: the set that the server should give.
    ///   - other: a set without the key that is asked for.
    func answer(good: String, key: IssuerKey, other: IssuerKey, elsewhere: String) -> KeyServer.Answer {
        func head(_ status: String, _ fields: String...) -> String {
            (["HTTP/1.1 \(status)"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
        }
        let count = good.utf8.count
        let half = String(good.prefix(count / 2))
        switch self {
        case .serverError: return .bytes(head("500 Oh", "Content-Length: \(count)") + good)
        case .notFound: return .bytes(head("404 Oh", "Content-Length: \(count)") + good)
        case .noContent: return .bytes(head("204 No Content"))
        case .partialContent: return .bytes(head("206 Partial Content", "Content-Length: \(count)") + good)
        case .redirectToOtherHost: return redirect("302 Found", elsewhere)
        case .redirectToItself: return redirect("307 Temporary Redirect", "/keys")
        case .redirectToFile: return redirect("301 Moved Permanently", "file:///etc/hostname")
        case .permanentRedirect: return redirect("308 Permanent Redirect", elsewhere)
        case .slowHead: return .drip(head("200 OK", "Content-Length: \(count)") + good)
        case .slowBody: return .drip(good)
        case .neverAnswers: return .open("")
        case .hugeBody: return .bytes(head("200 OK", "Content-Length: 600000") + padded(good, to: 600_000))
        case .hugeBodyWithoutLength: return .endless(head("200 OK", "Connection: close"), again: padded("", to: 65_536))
        case .hugeAnnouncedBody: return .open(head("200 OK", "Content-Length: 9223372036854775807") + good)
        case .hugeHead: return .endless("HTTP/1.1 200 OK\r\nX-A: ", again: padded("", to: 65_536, with: "a"))
        case .manyFields: return .endless("HTTP/1.1 200 OK\r\n", again: String(repeating: "X-A: b\r\n", count: 4096))
        case .notHTTP: return .bytes("220 mail.example ESMTP\r\n\(good)")
        case .emptyAnswer: return .bytes("")
        case .htmlPage: return .body("<html><body>Sign in</body></html>", fields: ["Content-Type: text/html"])
        case .emptyBody: return .body("")
        case .emptyObject: return .body("{}")
        case .emptySet: return .body(#"{"keys":[]}"#)
        case .nullSet: return .body(#"{"keys":null}"#)
        case .singleKey: return .body(key.jwk)
        case .textOfSecrets: return .body(Self.secret + "\n")
        case .pemKey: return .body("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")
        case .secretsInTheSet: return .body(IssuerKey.set([secretKey(key.keyID), secretKey("x")]))
        case .wrongKeys: return .body(IssuerKey.set(other))
        case .privateKeysOnly: return .body(IssuerKey.set([key.jwk.dropLast() + #","d":"AAAA"}"#].map { "\($0)" }))
        case .duplicateKeyID:
            return .body(IssuerKey.set([key.jwk, other.jwk.replacing("\"\(other.keyID)\"", with: "\"\(key.keyID)\"")]))
        case .duplicateName: return .body(#"{"keys":[],"# + good.dropFirst())
        case .truncatedJSON: return .body(String(good.dropLast(2)))
        case .trailingJSON: return .body(good + good)
        case .deepJSON: return .body(#"{"keys":"# + String(repeating: "[", count: 10_000))
        case .shortBody: return .bytes(head("200 OK", "Content-Length: \(count + 1)") + good)
        case .longBody: return .bytes(head("200 OK", "Content-Length: \(count / 2)") + good)
        case .twoLengths: return .bytes(head("200 OK", "Content-Length: \(count)", "Content-Length: 3") + good)
        case .badChunks: return .bytes(head("200 OK", "Transfer-Encoding: chunked") + "zz\r\n\(good)\r\n0\r\n\r\n")
        case .cutChunks:
            return .bytes(head("200 OK", "Transfer-Encoding: chunked") + "\(String(count, radix: 16))\r\n\(good)\r\n")
        case .compressed: return .body(good, fields: ["Content-Encoding: gzip"])
        case .reset: return .reset("")
        case .resetWithinBody: return .reset(head("200 OK", "Content-Length: \(count)") + half)
        }
    }

    private func redirect(_ status: String, _ target: String) -> KeyServer.Answer {
        .bytes("HTTP/1.1 \(status)\r\nLocation: \(target)\r\nContent-Length: 0\r\n\r\n")
    }

    private func padded(_ text: String, to count: Int, with filling: String = " ") -> String {
        text + String(repeating: filling, count: max(0, count - text.utf8.count))
    }

    private func secretKey(_ keyID: String) -> String {
        let text = #"{"kty":"oct","kid":"\#(keyID)","k":"\#(Self.encoded)"}"#
        return text
    }

    private static let encoded = "YS1zZWNyZXQtdGhhdC1hLWtleS1zZXJ2ZXItaGFuZHMtb3V0LXRvLWFsbA"
}
