/// Why a call over HTTP has no answer. No part of the answer stands in it.
package enum HTTPFailure: Error, Sendable, Equatable {
    /// The connection could not be made: nothing was sent. The value is an `errno`, or 0 for an address that is none.
    case noConnection(Int32)
    /// The peer had closed, or closed before it could have the whole request: known not to have been taken.
    case notTaken
    /// The connection ended after the whole request was sent: nobody knows what became of it.
    case closed
    /// The time limit has passed.
    case timedOut
    /// What came is not HTTP/1.
    case malformed
    /// The body is longer than allowed. The head that came before it is kept.
    case tooLarge(HTTPAnswer)
}
