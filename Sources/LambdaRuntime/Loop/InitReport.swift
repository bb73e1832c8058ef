/// Tells Lambda that the function cannot start.
enum InitReport {
    /// How long Lambda may take to answer, in milliseconds: the whole start has 10 s.
    private static let timeout: Int64 = 2000

    /// Makes the call, once more where it cannot have been taken. - Returns: the status to end the process with.
    static func send(_ failure: InitFailure, on socket: some ByteSocket, host: String, log: LambdaLog) -> Int32 {
        log.write(.fatal, "the function cannot start: \(failure.message)", [("errorType", failure.type)])
        guard let request = RuntimeCall.initError(failure).request(host: host) else { return 1 }
        var connection = HTTPConnection(socket)
        let deadline = WallClock.steadyMilliseconds() + timeout
        for _ in 0..<2 {
            do throws(HTTPFailure) {
                let answer = try connection.exchange(request, bodyLimit: LambdaLimits.statusBodyBytes, before: deadline)
                if answer.status != 202 { log.error("init/error was answered with \(answer.status)") }
                return 1
            } catch {
                log.error("init/error failed: \(error.text)")
                guard error == .notTaken else { return 1 }
            }
        }
        return 1
    }
}
