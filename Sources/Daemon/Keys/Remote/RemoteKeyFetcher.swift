internal import AsyncHTTPClient
internal import Configuration
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Platform

/// Fetches key sets. One HTTP client for the process, on the control loop, made when the first remote source is fetched.
///
/// HTTPS with verified names only (or http to this machine, where that is allowed); no redirects, no proxies, no
/// decompression, no kept connections, no second attempt; a time limit for the whole and a limit on the bytes. Where it
/// asks is what the configuration says, or what the configured OpenID issuer says, and never what a token says.
final class RemoteKeyFetcher {
    private let eventLoop: any EventLoop
    private let client: HTTPClient

    /// Bounds what is left of an attempt whose time is over.
    private static let connectTimeout = TimeAmount.seconds(10)
    private static let headers = HTTPHeaders([("Accept", "application/json"), ("User-Agent", "authd")])

    /// - Parameter eventLoop: the control loop. All members must be called on it.
    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = Self.connectTimeout
        configuration.maximumUsesPerConnection = 1
        configuration.connectionPool.idleTimeout = .milliseconds(100)
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .shared(eventLoop), configuration: configuration)
    }

    /// Ends everything that is on its way. Nothing else may be called afterwards.
    func shutdown() -> EventLoopFuture<Void> {
        let promise = eventLoop.makePromise(of: Void.self)
        client.shutdown { _ in promise.succeed() }
        return promise.futureResult
    }

    /// Fetches a key set once.
    /// - Parameter keySet: the address that the issuer's discovery document gave; nil: ask for the document first.
    /// - Returns: a future of the control loop; its error is a `KeySourceFailure`.
    func fetch(_ settings: RemoteKeySettings, keySet: String?) -> EventLoopFuture<FetchedKeySet> {
        let deadline = NIODeadline.now() + .nanoseconds(settings.timeout.nanoseconds)
        switch settings.location {
        case .keySet(let url): return get(url, settings, deadline)
        case .openID(let issuer):
            if let keySet { return get(keySet, settings, deadline) }
            let address = DiscoveryDocument.address(of: issuer)
            let bound = NIOLoopBound(self, eventLoop: eventLoop)
            return get(address, settings, deadline).flatMap { document in
                bound.value.follow(document, of: issuer, settings, deadline)
            }
        }
    }

    private func follow(
        _ document: FetchedKeySet,
        of issuer: String,
        _ settings: RemoteKeySettings,
        _ deadline: NIODeadline
    ) -> EventLoopFuture<FetchedKeySet> {
        do throws(DiscoveryDocument.Refusal) {
            return try get(DiscoveryDocument(document.body.span, of: issuer).keySet, settings, deadline)
        } catch {
            return eventLoop.makeFailedFuture(KeySourceFailure(error, document.url))
        }
    }

    private func get(
        _ text: String,
        _ settings: RemoteKeySettings,
        _ deadline: NIODeadline
    ) -> EventLoopFuture<FetchedKeySet> {
        guard let url = RemoteKeyURL(text, allowsLoopbackHTTP: settings.allowsLoopbackHTTP) else {
            return eventLoop.makeFailedFuture(KeySourceFailure.addressRefused(settings.place))
        }
        do {
            let request = try HTTPClient.Request(
                url: url.text,
                headers: Self.headers,
                body: nil,
                tlsConfiguration: url.isEncrypted ? Self.tls(settings) : nil
            )
            let answer = BoundedAnswer(from: url.text, maximumBytes: settings.maximumBytes)
            let task = client.execute(
                request: request,
                delegate: answer,
                eventLoop: .delegateAndChannel(on: eventLoop),
                deadline: deadline
            )
            let limit = settings.timeout
            return task.futureResult.hop(to: eventLoop).flatMapErrorThrowing { error in
                throw KeySourceFailure(fetching: url.text, error, timeout: limit)
            }
        } catch let failure as KeySourceFailure {
            return eventLoop.makeFailedFuture(failure)
        } catch {
            return eventLoop.makeFailedFuture(KeySourceFailure.addressRefused(settings.place))
        }
    }

    /// The file of certificates is read each time, so that a new one counts at the next fetch.
    private static func tls(_ settings: RemoteKeySettings) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        guard let path = settings.certificateAuthority else { return configuration }
        let found: [NIOSSLCertificate]?
        do throws(FileError) {
            found = try CertificateFile.read(path)
        } catch {
            throw KeySourceFailure(error)
        }
        guard let certificates = found else {
            throw KeySourceFailure(.contentRefused, path, "no PEM certificate in it")
        }
        configuration.trustRoots = .certificates(certificates)
        return configuration
    }
}

/// The control loop's.
@available(*, unavailable)
extension RemoteKeyFetcher: Sendable {}
