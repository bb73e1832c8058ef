extension Settings {
    /// The keys that differ from `old` and that a reload cannot apply, for the log: sockets are bound and event loops
    /// started once.
    package func changeNeedsRestart(from old: Settings) -> [String] {
        var keys: [String] = []
        if listeners.decision != old.listeners.decision { keys.append("listeners.decision") }
        if listeners.proxy != old.listeners.proxy { keys.append("listeners.proxy") }
        if listeners.admin != old.listeners.admin { keys.append("listeners.admin") }
        if eventLoops != old.eventLoops { keys.append("event_loops") }
        if hardening != old.hardening { keys.append("hardening") }
        return keys
    }
}
