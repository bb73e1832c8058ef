import Authorization

/// Asking with requests as tests write them down.
extension Authorizer {
    mutating func decide(_ request: TestRequest, at now: Double = TestToken.now) -> Decision {
        let (bytes, places) = request.laidOut
        return decide(places, in: bytes.span, now: Timestamp(seconds: now))
    }

    mutating func explain(_ request: TestRequest, at now: Double = TestToken.now) -> (Decision, Explanation) {
        let (bytes, places) = request.laidOut
        let (decision, explanation) = explain(places, in: bytes.span, now: Timestamp(seconds: now))
        return (decision, explanation)
    }

    /// The identity headers' values of the last decision.
    var identityTexts: [String] { identity.ranges.map { String(decoding: identity.bytes[$0], as: UTF8.self) } }
}
