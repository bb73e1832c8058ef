internal import AsyncHTTPClient
internal import LambdaRuntime
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// GETs with a token: certificates verified, redirects not followed, because the token is for this address alone.
///
/// A connection serves one call: the process may be frozen between two events, and the next one would find it dead.
final class APIClient {
    struct Response {
        let status: UInt
        let body: [UInt8]
    }

    /// The longest body, in bytes: with its escapes it may still be too long for Lambda, which is then told.
    private static let maximumBodyBytes = 5 << 20
    /// The longest a call may take, in milliseconds.
    private static let longest: Int64 = 10_000
    /// What is kept of the invocation's time, to answer that the API did not.
    private static let reserve: Int64 = 300

    private let client: HTTPClient

    init() {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .milliseconds(Self.longest)
        configuration.maximumUsesPerConnection = 1
        client = HTTPClient(
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup(numberOfThreads: 1)),
            configuration: configuration
        )
    }

    /// How long a call may take.
    /// - Parameter left: the invocation's time, in milliseconds.
    static func patience(left: Int64?) -> Int64 {
        guard let left else { return longest }
        return min(longest, max(left - reserve, 1))
    }

    /// Whether a token sent there crosses a network for everybody on it to read; nil for what is no address to call.
    static func isExposed(_ url: String) -> Bool? {
        guard let request = try? HTTPClient.Request(url: url), request.scheme == "http" || request.scheme == "https"
        else { return nil }
        let host = request.host
        return !request.useTLS && host != "localhost" && host != "::1" && host != "[::1]" && !host.hasPrefix("127.")
    }

    /// Waits for the whole response.
    func get(_ url: String, token: String, milliseconds: Int64) throws(InvocationFailure) -> Response {
        do {
            let headers: HTTPHeaders = ["Authorization": "Bearer \(token)", "Accept": "*/*"]
            let request = try HTTPClient.Request(url: url, headers: headers)
            let delegate = ResponseAccumulator(request: request, maxBodySize: Self.maximumBodyBytes)
            let deadline = NIODeadline.now() + .milliseconds(milliseconds)
            let response = try client.execute(request: request, delegate: delegate, deadline: deadline).wait()
            return Response(status: response.status.code, body: response.body.map { Array($0.readableBytesView) } ?? [])
        } catch {
            throw Self.failure(error)
        }
    }

    /// The client's own words; they name addresses, and no header.
    private static func failure(_ error: any Error) -> InvocationFailure {
        if error is ResponseAccumulator.ResponseTooBigError {
            return InvocationFailure("Function.ResponseTooLarge", "the API's response is larger than 5 MiB")
        }
        let timeouts: [HTTPClientError] = [.deadlineExceeded, .connectTimeout, .readTimeout]
        if let error = error as? HTTPClientError, timeouts.contains(error) {
            return InvocationFailure("Function.RequestTimedOut", "the API did not answer in time")
        }
        let words = String(String(describing: error).prefix(300))
        return InvocationFailure("Function.RequestFailed", "the API could not be called: \(words)")
    }
}
