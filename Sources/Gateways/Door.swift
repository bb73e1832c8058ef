/// The ways into the decision. The raw value is the label in logs and metrics.
package enum Door: String, Sendable, CaseIterable {
    case nginx, forwarded, envoy, proxy

    /// The place of the door in a table of all doors.
    package var position: Int {
        switch self {
        case .nginx: 0
        case .forwarded: 1
        case .envoy: 2
        case .proxy: 3
        }
    }
}
