internal import AsyncHTTPClient
internal import Configuration
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

// In our own words throughout: nothing that a server sends gets into a log by way of an error.
extension KeySourceFailure {
    /// - Parameter timeout: the limit that held.
    init(fetching url: String, _ error: any Error, timeout: Duration) {
        switch error {
        case let failure as KeySourceFailure: self = failure
        case let refusal as BoundedAnswer.Refusal: self.init(refusal, url)
        case let error as HTTPClientError where Self.timeouts.contains(error):
            self.init(.unreachable, url, "no whole answer within \(timeout)")
        case is HTTPClientError, is HTTPParserError:
            self.init(.answerRefused, url, "the answer ends early or is not HTTP")
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            self.init(
                .unreachable,
                url,
                "no TLS connection, or its certificate is not by a trusted authority, not for this name or not valid now"
            )
        default: self.init(.unreachable, url, "cannot be reached, or the connection broke")
        }
    }

    private static let timeouts: [HTTPClientError] = [
        .deadlineExceeded, .connectTimeout, .readTimeout, .writeTimeout, .tlsHandshakeTimeout,
        .getConnectionFromPoolTimeout,
    ]

    private init(_ refusal: BoundedAnswer.Refusal, _ url: String) {
        switch refusal {
        case .status(let status): self.init(.answerRefused, url, "answered with status \(status)")
        case .redirect(let status):
            self.init(
                .answerRefused,
                url,
                "answered with a redirect (\(status)), which is not followed; name its target"
            )
        case .encoded: self.init(.answerRefused, url, "answered with a content coding that was not asked for")
        case .tooLarge(let limit): self.init(.answerRefused, url, "the answer is larger than \(limit) bytes")
        }
    }

    init(_ refusal: DiscoveryDocument.Refusal, _ url: String) {
        switch refusal {
        case .notAnObject: self.init(.answerRefused, url, "the discovery document is not a JSON object")
        case .otherIssuer:
            self.init(
                .answerRefused,
                url,
                "the discovery document is not the issuer's: its \"issuer\" must be the same"
            )
        case .noKeySet: self.init(.answerRefused, url, "the discovery document has no \"jwks_uri\"")
        }
    }

    static func addressRefused(_ place: String) -> KeySourceFailure {
        KeySourceFailure(.answerRefused, place, "its address is not https://HOST[:PORT]/PATH")
    }

    /// The last good set has not been renewed for too long.
    static func stale(_ place: String, _ bound: Duration) -> KeySourceFailure {
        KeySourceFailure(.stale, place, "not renewed for \(bound); its keys do not count any more")
    }
}

extension RemoteKeySettings {
    /// The configured address, for people.
    var place: String {
        switch location {
        case .keySet(let url): url
        case .openID(let issuer): issuer
        }
    }
}
