/// What the answer to `next` says in its header.
struct NextEvent: Sendable, Equatable {
    let requestID: String
    let deadline: Int64?
    let functionARN: String
    let traceID: String?

    /// - Returns: nil where there is no request id, or one that could not stand in an address as it is.
    init?(_ answer: HTTPAnswer) {
        guard let requestID = answer.field("lambda-runtime-aws-request-id"), Self.isPlain(requestID) else { return nil }
        self.requestID = requestID
        deadline = answer.field("lambda-runtime-deadline-ms").flatMap { Int64($0) }
        functionARN = answer.field("lambda-runtime-invoked-function-arn") ?? ""
        let trace = answer.field("lambda-runtime-trace-id") ?? ""
        traceID = trace.isEmpty ? nil : trace
    }

    /// For the handler.
    func invocation(log: LambdaLog) -> Invocation {
        Invocation(requestID: requestID, deadline: deadline, functionARN: functionARN, traceID: traceID, log: log)
    }

    /// Letters, digits, `-` and `_`, as in all ids of Lambda; never a dot segment.
    private static func isPlain(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 48...57: true
                default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                }
            }
    }
}
