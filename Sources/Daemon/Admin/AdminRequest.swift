/// A request to the admin endpoint, as far as the answer depends on it.
struct AdminRequest: Sendable, Equatable {
    enum Ask: Sendable, Equatable {
        case page(AdminPage)
        /// A method that is neither GET nor HEAD.
        case methodNotAllowed
    }

    let ask: Ask
    /// Whether the answer's body stays away.
    let isHead: Bool
    /// Whether the connection ends with the answer.
    let closes: Bool
    /// Whether the client must be told that the connection goes on (HTTP/1.0).
    let saysKeepAlive: Bool
}
