/// What Lambda allows, and what this runtime bears.
package enum LambdaLimits {
    /// An event or an answer: 6 MiB and 100 bytes, as Lambda's own messages say.
    package static let payloadBytes = 6 * 1024 * 1024 + 100
    /// The head of an answer of the Runtime API. A client's context of 3583 bytes is the longest thing in it.
    static let headBytes = 32 * 1024
    /// What is kept of the body of an answer that only says whether a call was good.
    static let statusBodyBytes = 64 * 1024
    /// How often in a row Lambda may fail to give an event before the process ends.
    static let failedCalls = 5
}
