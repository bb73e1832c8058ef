internal import AsyncHTTPClient
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOHTTP1

/// Takes an answer in, and gives it up as soon as it is not one to be taken: any status but 200 (so every redirect), a
/// content coding that nobody asked for, a byte more than is allowed.
final class BoundedAnswer: HTTPClientResponseDelegate {
    typealias Response = FetchedKeySet

    enum Refusal: Error, Equatable {
        case status(UInt)
        case redirect(UInt)
        case encoded
        case tooLarge(limit: Int)
    }

    private struct State {
        var body: [UInt8] = []
        var lifetime: Int64?
    }

    private let url: String
    private let maximumBytes: Int
    private let state = NIOLockedValueBox(State())

    init(from url: String, maximumBytes: Int) {
        self.url = url
        self.maximumBytes = max(0, maximumBytes)
    }

    func didReceiveHead(task: HTTPClient.Task<FetchedKeySet>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        if let refusal = refusal(of: head) { return task.eventLoop.makeFailedFuture(refusal) }
        let lifetime = CacheLifetime.seconds(
            cacheControl: head.headers["Cache-Control"],
            age: head.headers.first(name: "Age")
        )
        state.withLockedValue { $0.lifetime = lifetime }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<FetchedKeySet>, _ part: ByteBuffer) -> EventLoopFuture<Void> {
        let fits = state.withLockedValue { state in
            guard part.readableBytes <= maximumBytes - state.body.count else { return false }
            state.body.append(contentsOf: part.readableBytesView)
            return true
        }
        guard fits else { return task.eventLoop.makeFailedFuture(Refusal.tooLarge(limit: maximumBytes)) }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<FetchedKeySet>) throws -> FetchedKeySet {
        state.withLockedValue { FetchedKeySet(body: $0.body, lifetime: $0.lifetime, url: url) }
    }

    private func refusal(of head: HTTPResponseHead) -> Refusal? {
        let status = head.status.code
        guard status == 200 else { return (300...399).contains(status) ? .redirect(status) : .status(status) }
        for coding in head.headers[canonicalForm: "Content-Encoding"] where coding.lowercased() != "identity" {
            return .encoded
        }
        if let length = head.headers.first(name: "Content-Length").flatMap({ Int($0) }), length > maximumBytes {
            return .tooLarge(limit: maximumBytes)
        }
        return nil
    }
}
