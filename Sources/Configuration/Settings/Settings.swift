package import Authorization

/// A whole validated configuration.
package struct Settings: Sendable, Equatable {
    package var listeners: ListenersSettings
    /// Whether listeners without TLS may be reachable from other machines. A socket from systemd is only known when it
    /// is handed over: the daemon holds it to the same rule.
    package var allowRemote: Bool
    package var policy: Policy
    /// One for each issuer of the policy, in its order.
    package var keySources: [KeySourceSettings]
    /// In the order of the file.
    package var upstreams: [UpstreamSettings]
    package var revocations: RevocationSettings?
    /// nil: upstreams get no signed word of authd's.
    package var assertion: AssertionSettings?
    package var limits: LimitSettings
    package var log: LogSettings
    package var hardening: HardeningSettings
    /// nil: as many as there are processors.
    package var eventLoops: Int?
    /// The realm of `WWW-Authenticate`: ASCII that stands in a quoted-string without escapes.
    package var realm: String

    package static let defaultRealm = "authd"

    package init(
        listeners: ListenersSettings,
        allowRemote: Bool = false,
        policy: Policy,
        keySources: [KeySourceSettings],
        upstreams: [UpstreamSettings] = [],
        revocations: RevocationSettings? = nil,
        assertion: AssertionSettings? = nil,
        limits: LimitSettings = LimitSettings(),
        log: LogSettings = LogSettings(),
        hardening: HardeningSettings = HardeningSettings(),
        eventLoops: Int? = nil,
        realm: String = Settings.defaultRealm
    ) {
        self.listeners = listeners
        self.allowRemote = allowRemote
        self.policy = policy
        self.keySources = keySources
        self.upstreams = upstreams
        self.revocations = revocations
        self.assertion = assertion
        self.limits = limits
        self.log = log
        self.hardening = hardening
        self.eventLoops = eventLoops
        self.realm = realm
    }
}
