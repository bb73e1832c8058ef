/// What Lambda says about one event besides its bytes.
package struct Invocation: Sendable {
    /// `Lambda-Runtime-Aws-Request-Id`: it stands in every log line and in the address of the answer.
    package let requestID: String
    /// When Lambda gives up, in milliseconds since 1970; nil where it does not say.
    package let deadline: Int64?
    /// `Lambda-Runtime-Invoked-Function-Arn`, empty where Lambda does not say.
    package let functionARN: String
    /// The X-Ray header, which is in `_X_AMZN_TRACE_ID` as well.
    package let traceID: String?
    /// Log lines written here carry the request's id.
    package let log: LambdaLog

    package init(
        requestID: String,
        deadline: Int64? = nil,
        functionARN: String = "",
        traceID: String? = nil,
        log: LambdaLog = LambdaLog()
    ) {
        self.requestID = requestID
        self.deadline = deadline
        self.functionARN = functionARN
        self.traceID = traceID
        self.log = log.with(requestID: requestID)
    }

    /// The time that is left, at least 0.
    /// - Parameter now: milliseconds since 1970.
    package func remainingMilliseconds(now: Int64) -> Int64? {
        guard let deadline else { return nil }
        let (left, overflow) = deadline.subtractingReportingOverflow(now)
        return overflow ? 0 : max(left, 0)
    }
}
