/// What a listener serves.
enum ListenerKind: String, Sendable, CaseIterable {
    case decision, proxy, admin
}
