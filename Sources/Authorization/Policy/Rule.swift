/// One line of the rule table: which requests, and what they need.
package struct Rule: Sendable, Equatable {
    package enum Effect: Sendable, Equatable {
        /// Everybody may, and a token is not looked at.
        case anonymous
        /// Nobody may.
        case deny
        /// Whoever brings a token that meets the requirement.
        case require(Requirement)
    }

    package enum Mode: Sendable, Equatable {
        case enforce
        /// Allows everything and records what it would have denied.
        case shadow
    }

    package var name: String
    package var match: RequestMatch
    package var effect: Effect
    package var mode: Mode
    /// The name of the upstream that the built-in proxy sends approved requests to.
    package var upstream: String?
    /// Identity headers for this rule's requests, besides the policy's; of the same name, the rule's counts.
    package var headers: [IdentityHeader]

    package init(
        name: String,
        match: RequestMatch,
        effect: Effect,
        mode: Mode = .enforce,
        upstream: String? = nil,
        headers: [IdentityHeader] = []
    ) {
        self.name = name
        self.match = match
        self.effect = effect
        self.mode = mode
        self.upstream = upstream
        self.headers = headers
    }
}
