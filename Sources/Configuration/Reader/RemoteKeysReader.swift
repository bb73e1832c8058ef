/// Reads how keys are fetched.
struct RemoteKeysReader {
    private let options: [(key: LocatedKey, value: LocatedNode)]

    static let names = ["refresh", "timeout", "cooldown", "max_stale", "wait", "max_bytes", "ca_file", "allow_http"]

    /// No options: the defaults.
    init() { options = [] }

    /// Takes the options of a `keys` section, so that they are known there.
    init(_ mapping: MappingDecoder) {
        options = Self.names.compactMap { name in
            guard let value = mapping.optional(name), let key = mapping.key(name) else { return nil }
            return (key, value)
        }
    }

    /// Keys on this machine are watched, not fetched: the options would have no effect.
    func refuseAll() {
        for option in options {
            let hint = "a file is read again when it changes; remove it, or write jwks_url or openid"
            option.key.fail(.conflict, "only for keys that are fetched", hint: hint)
        }
    }

    func read(_ location: RemoteKeySettings.Location, url: KeyURL) -> RemoteKeySettings {
        var settings = RemoteKeySettings(location)
        if let value = value("refresh")?.duration(in: .seconds(1) ... .seconds(86_400)) {
            settings.refresh = value
            settings.leastRefresh = min(value, settings.leastRefresh)
        }
        if let value = value("timeout")?.duration(in: .milliseconds(100) ... .seconds(30)) { settings.timeout = value }
        if let value = value("cooldown")?.duration(in: .milliseconds(100) ... .seconds(3600)) {
            settings.cooldown = value
        }
        if let value = value("max_stale")?.duration(in: .zero ... .seconds(720 * 3600)) {
            settings.longestStale = value
        }
        if let value = value("wait")?.duration(in: .zero ... .seconds(5)) { settings.wait = value }
        if let value = value("max_bytes")?.size(in: 1024...4_194_304) { settings.maximumBytes = value }
        readTrust(url, into: &settings)
        return settings
    }

    private func readTrust(_ url: KeyURL, into settings: inout RemoteKeySettings) {
        let allow = value("allow_http")
        settings.allowsLoopbackHTTP = allow?.boolean() ?? false
        settings.certificateAuthority = value("ca_file")?.filePath()
        if url.isHTTPS, settings.allowsLoopbackHTTP {
            allow?.fail(.conflict, "has no effect: the URL is https:// already", hint: "remove it")
        }
        guard !url.isHTTPS else { return }
        if !settings.allowsLoopbackHTTP {
            let hint = "or set allow_http: true beside it, which is for this machine only"
            url.node.fail(.invalidValue, "must be an https:// URL", hint: hint)
        }
        value("ca_file")?.fail(.conflict, "has no effect: over http:// there are no certificates", hint: "remove it")
    }

    private func value(_ name: String) -> LocatedNode? { options.first { $0.key.text == name }?.value }
}
