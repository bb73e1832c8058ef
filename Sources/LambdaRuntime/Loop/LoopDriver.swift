internal import Glibc

/// Carries out what the run loop says, on one socket and one thread.
struct LoopDriver<Socket: ByteSocket, Handler: InvocationHandler> {
    private let socket: Socket
    private let host: String
    private let log: LambdaLog
    private let setTrace: (String?) -> Void
    private var connection: HTTPConnection<Socket>
    private var handler: Handler

    /// - Parameters:
    ///   - host: for the `Host` field.
    ///   - setTrace: is told each invocation's X-Ray header before its handler runs.
    init(
        _ socket: Socket,
        host: String,
        handler: Handler,
        log: LambdaLog,
        setTrace: @escaping (String?) -> Void = TraceVariable.set
    ) {
        self.socket = socket
        self.host = host
        self.handler = handler
        self.log = log
        self.setTrace = setTrace
        connection = HTTPConnection(socket)
    }

    /// Runs until Lambda or a failure ends it. - Returns: the status to end the process with.
    mutating func run() -> Int32 {
        var loop = RuntimeLoop()
        var requestID: String?
        var step = loop.start()
        while true {
            if let complaint = step.complaint {
                let log = requestID.map { self.log.with(requestID: $0) } ?? self.log
                log.write(complaint.level, complaint.text)
            }
            switch step.action {
            case .call(let call, let pause):
                if pause > 0 { _ = usleep(useconds_t(pause) * 1000) }
                if call == .next { requestID = nil }
                step = loop.receive(make(call))
            case .handle(let event, let bytes):
                requestID = event.requestID
                step = loop.handled(handle(event, bytes))
            case .stop(let status): return status
            }
        }
    }

    private mutating func make(_ call: RuntimeCall) -> Result<HTTPAnswer, HTTPFailure> {
        guard let request = call.request(host: host) else { return .failure(.malformed) }
        do throws(HTTPFailure) {
            return .success(try connection.exchange(request, bodyLimit: call.answerLimit))
        } catch {
            return .failure(error)
        }
    }

    private mutating func handle(_ event: NextEvent, _ bytes: [UInt8]) -> Result<[UInt8], InvocationFailure> {
        setTrace(event.traceID)
        let crash = RuntimeCall.error(requestID: event.requestID, CrashReport.failure)
        CrashReport.arm(crash.request(host: host) ?? [], on: socket.descriptor)
        defer { CrashReport.disarm() }
        do throws(InvocationFailure) {
            return .success(try handler.handle(bytes, event.invocation(log: log)))
        } catch {
            return .failure(error)
        }
    }
}

extension RuntimeLoop {
    fileprivate mutating func receive(_ result: Result<HTTPAnswer, HTTPFailure>) -> Step {
        switch result {
        case .success(let answer): answered(answer)
        case .failure(let failure): failed(failure)
        }
    }
}
