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

    package init() {}
}
