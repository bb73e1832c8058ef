package import Authorization

/// What is logged, and how.
package struct LogSettings: Sendable, Equatable {
    package enum Format: String, Sendable, CaseIterable {
        /// The journal under systemd, text on a terminal, else JSON.
        case auto
        case text
        case json
        case journal
    }

    /// Which decisions get a line.
    package enum Decisions: String, Sendable, CaseIterable {
        case all
        case denied
        case none
    }

    package var format = Format.auto
    package var decisions = Decisions.denied
    /// Claims of verified tokens that decision lines carry, for `authd replay`.
    package var claims: [ClaimPath] = []

    package init() {}
}
