/// Which requests a rule speaks of. The most specific path wins, then the most specific host; the method is looked at
/// last, so that a rule for one method never hands the others to a wider rule.
package struct RequestMatch: Sendable, Equatable {
    /// nil: every host.
    package var host: HostPattern?
    package var path: PathPattern
    /// Exact method tokens (RFC 9110 §9.1); empty: every method.
    package var methods: [String]

    package init(host: HostPattern? = nil, path: PathPattern, methods: [String] = []) {
        self.host = host
        self.path = path
        self.methods = methods
    }
}
