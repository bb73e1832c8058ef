/// What the framing of a response depends on and its own bytes do not tell (RFC 9112 §6.3).
package struct ResponseContext: Equatable, Sendable {
    /// The request was HEAD: the response has no body, whatever it says.
    package var requestWasHead: Bool
    /// The request that was sent asked for an upgrade, so that 101 may be an answer to it.
    package var requestAskedForUpgrade: Bool

    package init(requestWasHead: Bool = false, requestAskedForUpgrade: Bool = false) {
        self.requestWasHead = requestWasHead
        self.requestAskedForUpgrade = requestAskedForUpgrade
    }
}
