import Authorization
import Configuration
import Testing

@Suite struct LimitTests {
    private func limits(_ text: String) throws -> LimitSettings {
        try Sample.settings(Sample.small(adding: "limits: { \(text) }")).limits
    }

    @Test func every_limit_can_be_set() throws {
        let limits = try limits(
            """
            head_bytes: 32KiB, fields: 50, connections: 20, body_drain_bytes: 0, header_timeout: 1s,
              idle_timeout: 2m, drain_timeout: 0, upstream_connect_timeout: 250ms, upstream_response_timeout: 1h,
              upstream_idle_timeout: 0s, upstream_connections: 7, remembered_tokens: 0
            """
        )
        #expect(limits.headBytes == 32_768)
        #expect(limits.fields == 50)
        #expect(limits.connections == 20)
        #expect(limits.bodyDrainBytes == 0)
        #expect(limits.headerTimeout == .seconds(1))
        #expect(limits.idleTimeout == .seconds(120))
        #expect(limits.drainTimeout == .zero)
        #expect(limits.upstreamConnectTimeout == .milliseconds(250))
        #expect(limits.upstreamConnectTimeout.wholeMilliseconds == 250)
        #expect(limits.upstreamResponseTimeout == .seconds(3600))
        #expect(limits.upstreamIdleTimeout == .zero)
        #expect(limits.upstreamConnections == 7)
        #expect(limits.rememberedTokens == 0)
    }

    @Test func what_is_left_out_has_the_documented_default() throws {
        let settings = try Sample.settings(Sample.small)
        let limits = settings.limits
        #expect(settings.policy.maximumTokenBytes == 8192)
        #expect(limits.headBytes == 16_384)
        #expect(limits.fields == 100)
        #expect(limits.connections == 10_000)
        #expect(limits.bodyDrainBytes == 65_536)
        #expect(limits.headerTimeout == .seconds(5))
        #expect(limits.idleTimeout == .seconds(60))
        #expect(limits.drainTimeout == .seconds(10))
        #expect(limits.upstreamConnectTimeout == .seconds(3))
        #expect(limits.upstreamResponseTimeout == .seconds(30))
        #expect(limits.upstreamIdleTimeout == .seconds(60))
        #expect(limits.upstreamConnections == 256)
        #expect(limits.rememberedTokens == 1024)
    }

    @Test(arguments: [
        Slip(
            adding: "limits: { token_bytes: 16K }",
            "14:24: limits.token_bytes",
            "must be a number of bytes, plain or with KiB or MiB; did you mean 16KiB?"
        ),
        Slip(
            adding: "limits: { token_bytes: 1mb }",
            "14:24: limits.token_bytes",
            "must be a number of bytes, plain or with KiB or MiB; did you mean 1MiB?"
        ),
        Slip(
            adding: "limits: { token_bytes: many }",
            "14:24: limits.token_bytes",
            "must be a number of bytes, plain or with KiB or MiB; such as 16KiB"
        ),
        Slip(adding: "limits: { token_bytes: 65KiB }", "14:24: limits.token_bytes", "must be from 64 to 64KiB"),
        Slip(adding: "limits: { token_bytes: 0 }", "14:24: limits.token_bytes", "must be from 64 to 64KiB"),
        Slip(
            adding: "limits: { token_bytes: 16385 }",
            "14:24: limits.token_bytes",
            "a token this long does not fit into limits.head_bytes; raise limits.head_bytes as well"
        ),
        Slip(adding: "limits: { head_bytes: 1023 }", "14:23: limits.head_bytes", "must be from 1KiB to 1MiB"),
        Slip(
            adding: "limits: { connections: 0 }",
            "14:24: limits.connections",
            "must be a whole number from 1 to 1000000"
        ),
        Slip(
            adding: "limits: { remembered_tokens: 65537 }",
            "14:30: limits.remembered_tokens",
            "must be a whole number from 0 to 65536"
        ),
        Slip(adding: "limits: { header_timeout: 0 }", "14:27: limits.header_timeout", "must be from 100ms to 1h"),
        Slip(
            adding: "limits: { idle_timeout: 1 m }",
            "14:25: limits.idle_timeout",
            "must be a whole number with one of the units ms, s, m, h; such as 30s"
        ),
        Slip(
            adding: "limits: { idle_timeout: 60 }",
            "14:25: limits.idle_timeout",
            "must be a whole number with one of the units ms, s, m, h; did you mean 60s?"
        ),
        Slip(
            adding: "limits: { idle_timeout: 1.5s }",
            "14:25: limits.idle_timeout",
            "must be a whole number with one of the units ms, s, m, h; such as 30s"
        ),
        Slip(adding: "limits: { idle_timeout: 25h }", "14:25: limits.idle_timeout", "must be from 100ms to 24h"),
        Slip(
            adding: "limits: { idle_timeout: 999999999999h }",
            "14:25: limits.idle_timeout",
            "must be from 100ms to 24h"
        ),
        Slip(
            adding: "limits: { idle_timeout: 9999999999999h }",
            "14:25: limits.idle_timeout",
            "must be a whole number with one of the units ms, s, m, h; such as 30s"
        ),
    ])
    func a_limit_that_cannot_be_is_refused(_ slip: Slip) {
        #expect(Sample.errors(slip.yaml) == [slip.message])
    }

    @Test func the_longest_token_reaches_the_policy() throws {
        let yaml = Sample.small(adding: "limits: { token_bytes: 20000, head_bytes: 32KiB }")
        #expect(try Sample.settings(yaml).policy.maximumTokenBytes == 20_000)
        // A default is no mistake of whoever lowers the other one.
        #expect(Sample.errors(Sample.small(adding: "limits: { head_bytes: 4KiB }")) == [])
    }

    @Test func the_rest_of_the_top_level_is_read() throws {
        let yaml = Sample.small(
            adding: "event_loops: 2\nrealm: my api\nlog: { format: journal, decisions: none }\nallow_remote: true"
        )
        let settings = try Sample.settings(yaml)
        #expect(settings.eventLoops == 2)
        #expect(settings.realm == "my api")
        #expect(settings.log.format == .journal)
        #expect(settings.log.decisions == .none)
        #expect(settings.allowRemote)
    }
}
