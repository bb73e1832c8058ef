import TestSupport
import Testing

@testable import Daemon

/// How connections to an upstream are kept, shared and given up.
@Suite struct ProxyPoolTests {
    private static let get = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func clients_share_kept_connections() throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address)
        for _ in 0..<20 { #expect(try proxy.connect().exchange(Self.get).status == 200) }
        #expect(upstream.record.current.bytes.count == 1)
        #expect(try proxy.counters().upstreamReuses == 19)
    }

    @Test func a_connection_that_the_upstream_closes_is_not_used_again() throws {
        let upstream = try RecordingUpstream { _ in
            .bytes(Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".utf8), thenClose: true)
        }
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        for _ in 0..<5 { #expect(try client.exchange(Self.get).status == 200) }
        #expect(upstream.record.current.bytes.count == 5)
    }

    @Test func those_who_find_all_busy_wait_and_those_who_find_too_many_waiting_get_503() throws {
        var limits = ServingLimits()
        limits.upstreamConnections = 2
        let gate = Awaited(false)
        let upstream = try RecordingUpstream { _ in
            _ = gate.first(before: .usual) { $0 ? true : nil }
            return .hello
        }
        let proxy = try ProxyFixture(upstream: upstream.address, limits: limits)
        let clients = try (0..<5).map { _ in try proxy.connect() }
        for (index, client) in clients.enumerated() {
            try client.send(Self.get)
            // Each has been taken on before the next one asks.
            if index < 4 { try proxy.waitForCounters { $0.activeRequests == UInt64(index + 1) } }
        }
        let refused = try clients[4].readResponse()
        #expect(refused.status == 503 && refused["retry-after"] == "1" && refused["x-authd-reason"] == "overloaded")
        gate.update { $0 = true }
        for client in clients.prefix(4) { #expect(try client.readResponse().status == 200) }
        #expect(try proxy.counters().upstreamConnects == 2)
        #expect(try proxy.counters().activeRequests == 0)
    }

    @Test func one_who_waits_in_vain_gets_503() throws {
        var limits = ServingLimits()
        limits.upstreamConnections = 1
        limits.upstreamConnectTimeout = 500_000_000
        let upstream = try RecordingUpstream { $0.target == "/x" ? .silence : .hello }
        let proxy = try ProxyFixture(upstream: upstream.address, limits: limits)
        let first = try proxy.connect()
        try first.send(Self.get)
        _ = try upstream.waitForRequests(1)
        let response = try proxy.connect().exchange("GET /y HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(response.status == 503 && response.text.hasPrefix(#"{"error":"overloaded""#))
    }

    @Test func one_who_leaves_the_queue_leaves_no_trace() throws {
        var limits = ServingLimits()
        limits.upstreamConnections = 1
        let gate = Awaited(false)
        let upstream = try RecordingUpstream { _ in
            _ = gate.first(before: .usual) { $0 ? true : nil }
            return .hello
        }
        let proxy = try ProxyFixture(upstream: upstream.address, limits: limits)
        let first = try proxy.connect()
        try first.send(Self.get)
        try proxy.waitForCounters { $0.activeRequests == 1 }
        do {
            let second = try proxy.connect()
            second.resetOnClose()
            try second.send(Self.get)
            try proxy.waitForCounters { $0.activeRequests == 2 }
        }
        try proxy.waitForCounters { $0.activeRequests == 1 }
        gate.update { $0 = true }
        #expect(try first.readResponse().status == 200)
        #expect(try first.exchange(Self.get).status == 200)
        #expect(upstream.requests.count == 2)
    }

    @Test func draining_finishes_what_runs_and_closes_the_rest() throws {
        let gate = Awaited(false)
        let upstream = try RecordingUpstream { _ in
            _ = gate.first(before: .usual) { $0 ? true : nil }
            return .hello
        }
        let proxy = try ProxyFixture(upstream: upstream.address)
        let (idle, busy) = (try proxy.connect(), try proxy.connect())
        try busy.send(Self.get)
        _ = try upstream.waitForRequests(1)
        try proxy.drain()
        try idle.expectClose()
        gate.update { $0 = true }
        let response = try busy.readResponse()
        #expect(response.status == 200 && response.closes)
        try busy.expectClose()
        #expect(upstream.record.first(before: .usual) { $0.closed == 1 ? true : nil } == true)
    }

    @Test func a_reload_that_moves_the_upstream_takes_effect_with_the_next_request() throws {
        let (old, new) = (try RecordingUpstream(), try RecordingUpstream())
        let proxy = try ProxyFixture(upstream: old.address)
        let client = try proxy.connect()
        #expect(try client.exchange(Self.get).status == 200)
        try proxy.install(ProxyFixture.serving(new.address))
        #expect(try client.exchange(Self.get).status == 200)
        #expect(old.requests.count == 1)
        #expect(new.requests.count == 1)
        #expect(old.record.first(before: .usual) { $0.closed == 1 ? true : nil } == true)
    }
}
