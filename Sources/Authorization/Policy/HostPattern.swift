/// A host that a rule names, in canonical form (lower case, no port, no trailing dot).
package enum HostPattern: Sendable, Hashable {
    case exact(String)
    /// `*.example.com`: every name below `example.com`, not itself. Holds `example.com`.
    case suffix(String)

    /// Reads `api.example`, `*.example.com`, `[::1]`; nil for anything that is not a host.
    package init?(_ text: String) {
        let isSuffix = text.hasPrefix("*.")
        let name = isSuffix ? String(text.dropFirst(2)) : text
        // A port would be dropped in silence and the rule match every port.
        let hasPort = name.hasPrefix("[") ? !name.hasSuffix("]") : name.contains(":")
        guard !hasPort, let canonical = CanonicalHost.canonical(name), !canonical.isEmpty else { return nil }
        self = isSuffix ? .suffix(canonical) : .exact(canonical)
    }

    package var text: String {
        switch self {
        case .exact(let host): host
        case .suffix(let host): "*." + host
        }
    }
}
