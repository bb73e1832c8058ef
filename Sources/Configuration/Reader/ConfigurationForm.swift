/// What a text has to hold.
enum ConfigurationForm {
    /// Everything a daemon needs.
    case daemon
    /// What decisions depend on, without listeners, key files and upstreams: what `PolicyJSON` writes.
    case policy

    static let daemonOnly = "belongs to the daemon's configuration, not to a policy"
}
