internal import Authorization

/// Turns a tree of values into settings. Every fault is recorded with its place, and reading goes on, so that one look
/// at the messages is enough to mend a file.
package enum ConfigurationReader {
    /// Reads a daemon's whole configuration.
    /// - Parameter credentials: the folder that systemd hands credentials over in (CREDENTIALS_DIRECTORY); nil: none.
    package static func read(_ root: ConfigurationNode, credentials: String? = nil) -> ConfigurationReading {
        let diagnostics = Diagnostics(credentials: credentials)
        let top = LocatedNode(node: root, path: ConfigurationPath(), diagnostics: diagnostics)
        var settings: Settings?
        if let mapping = top.mapping() {
            settings = readDaemon(mapping)
            mapping.finish()
        }
        return ConfigurationReading(
            settings: diagnostics.hasErrors ? nil : settings,
            errors: diagnostics.sortedErrors,
            omittedErrors: diagnostics.omitted,
            warnings: diagnostics.sortedWarnings
        )
    }

    /// Reads what `PolicyJSON` writes: issuers without keys, rules, identity headers, the longest token and the realm.
    package static func readPolicy(_ root: ConfigurationNode) -> PolicyReading {
        let diagnostics = Diagnostics()
        let top = LocatedNode(node: root, path: ConfigurationPath(), diagnostics: diagnostics)
        var policy: Policy?
        var realm = Settings.defaultRealm
        if let mapping = top.mapping() {
            mapping.hint(ConfigurationForm.daemonOnly, for: daemonKeys)
            var parts = PolicyParts(form: .policy)
            parts.read(mapping)
            policy = parts.policy
            realm = readRealm(mapping)
            mapping.finish()
        }
        return PolicyReading(
            policy: diagnostics.hasErrors ? nil : policy,
            realm: realm,
            errors: diagnostics.sortedErrors,
            omittedErrors: diagnostics.omitted,
            warnings: diagnostics.sortedWarnings
        )
    }

    private static let daemonKeys = [
        "listeners", "allow_remote", "upstreams", "revocations", "assertion", "log", "hardening", "event_loops",
    ]

    private static func readDaemon(_ mapping: MappingDecoder) -> Settings? {
        let allowRemote = mapping.optional("allow_remote")?.boolean() ?? false
        let section = mapping.required("listeners", hint: "such as listeners: { decision: [{ tcp: 127.0.0.1:9180 }] }")
        let listeners = section.flatMap { ListenersReader().read($0, allowRemote: allowRemote) }
        var parts = PolicyParts(form: .daemon)
        parts.read(mapping)
        var upstreams = UpstreamsReader()
        upstreams.read(mapping.optional("upstreams"))
        parts.rules.check(upstreams: upstreams)
        if let listeners {
            let hasProxy = !listeners.proxy.isEmpty
            if hasProxy { parts.rules.settleUpstreams(upstreams) }
            let used = Set(parts.rules.rules.compactMap(\.rule.upstream))
            upstreams.warnOfUnused(used, hasProxy: hasProxy, mapping.diagnostics)
        }
        let revocations = mapping.optional("revocations").flatMap(readRevocations)
        let assertion = mapping.optional("assertion").flatMap { AssertionReader.read($0, headers: parts.headers) }
        let log = mapping.optional("log").map { LogReader.read($0) } ?? LogSettings()
        let hardening = mapping.optional("hardening").map(readHardening) ?? HardeningSettings()
        let eventLoops = mapping.optional("event_loops")?.integer(in: 1...64)
        let realm = readRealm(mapping)
        guard let listeners else { return nil }
        return Settings(
            listeners: listeners,
            allowRemote: allowRemote,
            policy: parts.policy,
            keySources: parts.issuers.issuers.compactMap(\.keys),
            upstreams: upstreams.upstreams,
            revocations: revocations,
            assertion: assertion,
            limits: parts.limits.limits,
            log: log,
            hardening: hardening,
            eventLoops: eventLoops,
            realm: realm
        )
    }

    private static func readRevocations(_ value: LocatedNode) -> RevocationSettings? {
        guard let mapping = value.mapping() else { return nil }
        defer { mapping.finish() }
        guard let file = mapping.required("file")?.filePath() else { return nil }
        return RevocationSettings(file: file, origin: value.origin)
    }

    private static func readHardening(_ value: LocatedNode) -> HardeningSettings {
        var hardening = HardeningSettings()
        guard let mapping = value.mapping() else { return hardening }
        defer { mapping.finish() }
        if let landlock = mapping.optional("landlock")?.boolean() { hardening.landlock = landlock }
        return hardening
    }

    /// Text for a quoted-string (RFC 9110 §5.6.4) that needs no escapes.
    private static func readRealm(_ mapping: MappingDecoder) -> String {
        guard let node = mapping.optional("realm"), let text = node.text(limit: 64) else {
            return Settings.defaultRealm
        }
        let isPlain = text.utf8.allSatisfy {
            (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        if !isPlain { node.fail(.invalidValue, "must be printable ASCII without quotes and backslashes") }
        return isPlain ? text : Settings.defaultRealm
    }
}
