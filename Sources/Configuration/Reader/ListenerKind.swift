/// What a listener serves.
enum ListenerKind: String, CaseIterable {
    case decision, proxy, admin
}
