internal import Configuration
internal import Platform

/// Whether the users and groups that a configuration names are there.
enum AccountCheck {
    /// - Returns: one line for each that is not, with its place.
    static func failures(_ listeners: ListenersSettings) -> [String] {
        (listeners.decision + listeners.proxy + listeners.admin).flatMap { listener in
            failures(listener).map { "\(listener.origin.place): \(listener.origin.path): \($0)" }
        }
    }

    private static func failures(_ listener: ListenerSettings) -> [String] {
        var failures: [String] = []
        for account in listener.allowedPeers ?? [] {
            guard case .name(let name) = account, isMissing(try? UserDirectory.uid(named: name)) else { continue }
            failures.append("allow_peers: there is no user \"\(TerminalText.escaped(name))\"; create it, or give a uid")
        }
        if case .unix(let socket) = listener.address, case .name(let name) = socket.group,
            isMissing(try? UserDirectory.gid(named: name))
        {
            failures.append("group: there is no group \"\(TerminalText.escaped(name))\"; create it, or give a gid")
        }
        return failures
    }

    /// Not there, or not to be found out.
    private static func isMissing(_ number: UInt32??) -> Bool { (number ?? nil) == nil }
}
