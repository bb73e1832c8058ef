/// Reads the limits.
enum LimitsReader {
    struct Reading {
        var limits = LimitSettings()
        /// nil: the policy's own default.
        var tokenBytes: Int?
    }

    static func read(_ section: LocatedNode?, form: ConfigurationForm) -> Reading {
        var reading = Reading()
        guard let section, let mapping = section.mapping() else { return reading }
        defer { mapping.finish() }
        let token = mapping.optional("token_bytes")
        // A claims set is read up to 64 KiB.
        reading.tokenBytes = token?.size(in: 64...65_536)
        switch form {
        case .policy:
            mapping.hint(ConfigurationForm.daemonOnly, for: daemonKeys)
        case .daemon:
            readDaemon(mapping, into: &reading.limits)
            if let bytes = reading.tokenBytes, bytes > reading.limits.headBytes {
                let hint = "raise limits.head_bytes as well"
                token?.fail(.conflict, "a token this long does not fit into limits.head_bytes", hint: hint)
            }
        }
        return reading
    }

    private static let daemonKeys = [
        "head_bytes", "fields", "connections", "body_drain_bytes", "header_timeout", "idle_timeout", "drain_timeout",
        "upstream_connect_timeout", "upstream_response_timeout", "upstream_idle_timeout", "upstream_connections",
        "remembered_tokens",
    ]

    private static func readDaemon(_ mapping: MappingDecoder, into limits: inout LimitSettings) {
        readCounts(mapping, into: &limits)
        let hour = Duration.seconds(3600)
        func time(_ key: String, _ range: ClosedRange<Duration>, _ target: WritableKeyPath<LimitSettings, Duration>) {
            if let value = mapping.optional(key)?.duration(in: range) { limits[keyPath: target] = value }
        }
        time("header_timeout", .milliseconds(100)...hour, \.headerTimeout)
        time("idle_timeout", .milliseconds(100) ... .seconds(86_400), \.idleTimeout)
        time("drain_timeout", .zero...hour, \.drainTimeout)
        time("upstream_connect_timeout", .milliseconds(10)...hour, \.upstreamConnectTimeout)
        time("upstream_response_timeout", .milliseconds(10) ... .seconds(86_400), \.upstreamResponseTimeout)
        time("upstream_idle_timeout", .zero ... .seconds(86_400), \.upstreamIdleTimeout)
    }

    private static func readCounts(_ mapping: MappingDecoder, into limits: inout LimitSettings) {
        if let value = mapping.optional("head_bytes")?.size(in: 1024...1_048_576) { limits.headBytes = value }
        if let value = mapping.optional("fields")?.integer(in: 10...10_000) { limits.fields = value }
        if let value = mapping.optional("connections")?.integer(in: 1...1_000_000) { limits.connections = value }
        if let value = mapping.optional("body_drain_bytes")?.size(in: 0...16_777_216) { limits.bodyDrainBytes = value }
        if let value = mapping.optional("upstream_connections")?.integer(in: 1...65_536) {
            limits.upstreamConnections = value
        }
        if let value = mapping.optional("remembered_tokens")?.integer(in: 0...65_536) {
            limits.rememberedTokens = value
        }
    }
}
