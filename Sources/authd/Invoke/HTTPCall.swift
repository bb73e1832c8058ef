internal import AsyncHTTPClient
internal import Daemon
internal import NIOCore
internal import NIOHTTP1

/// One GET with a token: certificates verified, redirects not followed, because the token is for this address alone.
struct HTTPCall {
    struct Response {
        let status: UInt
        let body: [UInt8]
    }

    private static let timeout = TimeAmount.seconds(10)
    private static let maximumBodyBytes = 10 << 20

    private let request: HTTPClient.Request
    /// Whether the token crosses a network for everybody on it to read.
    let isExposed: Bool

    /// - Throws: where `url` is no URL of http or https.
    init(url: String, token: String) throws(CommandFailure) {
        let request: HTTPClient.Request
        do {
            request = try HTTPClient.Request(url: url, headers: ["Authorization": "Bearer \(token)", "Accept": "*/*"])
        } catch {
            throw CommandFailure(.usage, "this is not a URL to call: \(TerminalText.escaped(url))")
        }
        guard request.scheme == "http" || request.scheme == "https" else {
            throw CommandFailure(.usage, "only http: and https: URLs are called")
        }
        self.request = request
        let host = request.host
        let isLocal = host == "localhost" || host == "::1" || host == "[::1]" || host.hasPrefix("127.")
        isExposed = !request.useTLS && !isLocal
    }

    /// Waits for the response, 10 s at most. Never call it on an event loop.
    func run() throws(CommandFailure) -> Response {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = Self.timeout
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        // A client that does not close cleanly has still given its answer.
        defer { try? client.syncShutdown() }
        do {
            let delegate = ResponseAccumulator(request: request, maxBodySize: Self.maximumBodyBytes)
            let deadline = NIODeadline.now() + Self.timeout
            let response = try client.execute(request: request, delegate: delegate, deadline: deadline).wait()
            let body = response.body.map { Array($0.readableBytesView) } ?? []
            return Response(status: response.status.code, body: body)
        } catch {
            throw CommandFailure(.failed, "no answer from \(TerminalText.escaped(request.host)): \(Self.words(error))")
        }
    }

    /// The client's own words in one line; they name addresses, and no header.
    private static func words(_ error: any Error) -> String {
        if error is ResponseAccumulator.ResponseTooBigError { return "the body is larger than 10 MiB" }
        let timeouts: [HTTPClientError] = [.deadlineExceeded, .connectTimeout, .readTimeout]
        if let error = error as? HTTPClientError, timeouts.contains(error) { return "nothing came within 10 s" }
        return TerminalText.escaped(String(String(describing: error).prefix(500)))
    }
}
