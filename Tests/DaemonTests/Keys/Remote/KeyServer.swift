import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import TestSupport

/// A key server that does what it is told, on a loopback port, with and without TLS. It counts what it is asked.
final class KeyServer: Sendable {
    enum Answer: Sendable {
        /// A good answer with this body.
        case body(String, fields: [String] = [])
        /// These bytes, then the end of the connection.
        case bytes(String)
        /// These bytes, and the connection stays open.
        case open(String)
        /// These bytes, and then these again and again until nobody reads.
        case endless(String, again: String)
        /// These bytes one by one, each some milliseconds after the other.
        case drip(String)
        /// A reset in place of an answer, after these bytes.
        case reset(String)
    }

    struct Record: Sendable {
        var connections = 0
        /// The targets of the requests.
        var targets: [String] = []
        /// Requests that are held back, to be answered when the test says so.
        var held: [@Sendable (Answer) -> Void] = []
    }

    let port: Int
    let record = Awaited(Record())
    private let scheme: String
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let listener: any Channel
    private let state: State

    /// What the handlers share.
    final class State: Sendable {
        /// By target.
        let answers = Awaited<[String: Answer]>([:])
        /// For every other target; nil: it is held back.
        let answer: Awaited<Answer?>
        let record: Awaited<Record>

        init(_ record: Awaited<Record>, _ answer: Answer?) {
            self.record = record
            self.answer = Awaited(answer)
        }
    }

    /// - Parameter tls: the server's certificate; nil: plain HTTP.
    init(tls: NIOSSLContext? = nil, _ answer: Answer? = nil) throws {
        let state = State(record, answer)
        self.state = state
        scheme = tls == nil ? "http" : "https"
        listener = try ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(KeyServerHandler(state))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .wait()
        port = listener.localAddress?.port ?? 0
    }

    deinit {
        try? listener.close().wait()
        try? group.syncShutdownGracefully()
    }

    func url(_ path: String = "/keys", host: String = "127.0.0.1") -> String { "\(scheme)://\(host):\(port)\(path)" }

    /// What every request gets from now on; nil: it is held until `release`.
    func set(_ answer: Answer?) {
        state.answer.update { $0 = answer }
    }

    /// What a request for one target gets from now on.
    func set(_ target: String, _ answer: Answer) {
        state.answers.update { $0[target] = answer }
    }

    /// Answers what is held, and waits until there is something.
    func release(_ answer: Answer) throws {
        guard record.first(before: .usual, { $0.held.isEmpty ? nil : true }) == true else {
            throw TestSupportError("nobody has asked")
        }
        let held = record.update { state in
            defer { state.held = [] }
            return state.held
        }
        for respond in held { respond(answer) }
    }

    var requests: Int { record.current.targets.count }

    func waitForRequests(_ count: Int) throws {
        let found = record.first(before: .usual) { $0.targets.count >= count ? true : nil }
        guard found == true else { throw TestSupportError("\(requests) of \(count) requests") }
    }
}

/// Reads request heads and answers them.
private final class KeyServerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let state: KeyServer.State
    private var head = ""

    init(_ state: KeyServer.State) { self.state = state }

    func channelActive(context: ChannelHandlerContext) {
        state.record.update { $0.connections += 1 }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        head += String(buffer: unwrapInboundIn(data))
        guard head.hasSuffix("\r\n\r\n") else { return }
        let target = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        head = ""
        let answer = state.answers.current[target] ?? state.answer.current
        let channel = context.channel
        state.record.update { record in
            record.targets.append(target)
            if answer == nil { record.held.append { KeyServerHandler.respond($0, channel) } }
        }
        if let answer { Self.respond(answer, channel) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private static func respond(_ answer: KeyServer.Answer, _ channel: any Channel) {
        switch answer {
        case .body(let body, let fields):
            let lines = (["HTTP/1.1 200 OK", "Content-Length: \(body.utf8.count)"] + fields).joined(separator: "\r\n")
            channel.writeAndFlush(ByteBuffer(string: "\(lines)\r\n\r\n\(body)"), promise: nil)
        case .bytes(let text):
            channel.writeAndFlush(ByteBuffer(string: text)).whenComplete { _ in channel.close(promise: nil) }
        case .open(let text): channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
        case .endless(let first, let again):
            channel.writeAndFlush(ByteBuffer(string: first), promise: nil)
            pour(ByteBuffer(string: again), channel)
        case .drip(let text): drip(Array(text.utf8)[...], channel)
        case .reset(let text):
            channel.writeAndFlush(ByteBuffer(string: text)).whenComplete { _ in
                let socket = channel as? any SocketOptionProvider
                _ = socket?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
                channel.close(promise: nil)
            }
        }
    }

    private static func pour(_ bytes: ByteBuffer, _ channel: any Channel) {
        channel.writeAndFlush(bytes).whenSuccess { pour(bytes, channel) }
    }

    private static func drip(_ bytes: ArraySlice<UInt8>, _ channel: any Channel) {
        guard let first = bytes.first, channel.isActive else { return }
        channel.writeAndFlush(ByteBuffer(bytes: [first]), promise: nil)
        channel.eventLoop.scheduleTask(in: .milliseconds(20)) { drip(bytes.dropFirst(), channel) }
    }
}
