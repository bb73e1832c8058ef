import Authorization
import Configuration
import TestSupport
import Testing

@testable import Daemon

/// Requests whose key is unknown wait for one fetch and for no longer than they may; others never wait.
@Suite struct UnknownKeyTests {
    private let old = IssuerKey("old")
    private let new = IssuerKey("new")
    private let server: KeyServer

    init() throws { server = try KeyServer(.body(IssuerKey.set(old))) }

    private func fixture(
        upstream: TestSupport.SocketAddress = .tcp(port: 1),
        loops: Int = 2,
        _ change: (inout RemoteKeySettings) -> Void = { _ in }
    ) throws -> RemoteKeyFixture {
        var settings = RemoteKeySettings(.keySet(url: server.url()))
        settings.allowsLoopbackHTTP = true
        settings.timeout = .seconds(20)
        settings.wait = .seconds(20)
        change(&settings)
        let fixture = try RemoteKeyFixture(settings, loops: loops, upstream: upstream)
        try fixture.awaitFetches(1)
        return fixture
    }

    @Test func a_new_key_is_found_by_the_first_request_and_a_removed_one_is_gone() throws {
        let fixture = try fixture()
        #expect(try fixture.ask(try old.token()) == .allowed)
        server.set(.body(IssuerKey.set(new)))
        #expect(try fixture.ask(try new.token()) == .allowed)
        #expect(server.requests == 2)
        #expect(try fixture.ask(try old.token()) == .unknown)
        #expect(try fixture.waits() == waits(begun: 1, found: 1, refused: 1))
        // Decided once each, however often they were looked at.
        #expect(try fixture.decided(.allowed) == 2)
        #expect(try fixture.decided(.keyUnknown) == 1)
    }

    private func waits(
        begun: UInt64 = 0,
        found: UInt64 = 0,
        missing: UInt64 = 0,
        timedOut: UInt64 = 0,
        refused: UInt64 = 0
    ) -> KeyWaitCounters {
        var counters = KeyWaitCounters()
        (counters.begun, counters.found, counters.missing) = (begun, found, missing)
        (counters.timedOut, counters.refused) = (timedOut, refused)
        return counters
    }

    @Test func a_herd_of_requests_makes_one_fetch_and_all_of_them_get_its_answer() throws {
        let fixture = try fixture()
        server.set(nil)
        let connections = try (0..<100).map { _ in try RawConnection(to: fixture.decision) }
        for connection in connections { try connection.send(RemoteKeyFixture.question(try new.token())) }
        try fixture.awaitWaiting(100)
        // A known key does not wait for the fetch, and neither does what needs none.
        #expect(try fixture.ask(try old.token()) == .allowed)
        #expect(try fixture.ask(nil, path: "/open/a") == .allowed)
        try server.release(.body(IssuerKey.set(old, new)))
        for connection in connections { #expect(RemoteKeyFixture.verdict(try connection.readResponse()) == .allowed) }
        #expect(server.requests == 2)
        #expect(try fixture.waits() == waits(begun: 100, found: 100))
    }

    @Test func requests_behind_one_that_waits_are_answered_after_it_and_in_order() throws {
        let fixture = try fixture(loops: 1)
        server.set(nil)
        let connection = try RawConnection(to: fixture.decision)
        try connection.send(
            RemoteKeyFixture.question(nil, path: "/open/a") + RemoteKeyFixture.question(try new.token())
                + RemoteKeyFixture.question(try old.token()) + RemoteKeyFixture.question(nil)
        )
        #expect(RemoteKeyFixture.verdict(try connection.readResponse()) == .allowed)
        try fixture.awaitWaiting(1)
        try connection.send(RemoteKeyFixture.question(try new.token(kid: "third")))
        try server.release(.body(IssuerKey.set(old, new)))
        let reasons = try (0..<4).map { _ in RemoteKeyFixture.verdict(try connection.readResponse()).reason }
        #expect(reasons == ["allowed", "allowed", "token_missing", "key_unknown"])
        #expect(try fixture.waiting() == 0)
        // The connection goes on.
        #expect(RemoteKeyFixture.verdict(try connection.exchange(RemoteKeyFixture.question(nil))).status == 401)
    }

    @Test func a_request_waits_no_longer_than_it_may() throws {
        let fixture = try fixture { $0.wait = .milliseconds(1) }
        server.set(nil)
        #expect(try fixture.ask(try new.token()) == .unknown)
        #expect(try fixture.waits() == waits(begun: 1, timedOut: 1))
        // The fetch goes on and serves the next one.
        try server.waitForRequests(2)
        try server.release(.body(IssuerKey.set(old, new)))
        try fixture.awaitFetches(2)
        #expect(try fixture.ask(try new.token()) == .allowed)
        #expect(server.requests == 2)
    }

    @Test func without_a_wait_a_fetch_is_not_even_asked_for() throws {
        let fixture = try fixture { $0.wait = .zero }
        #expect(try fixture.ask(try new.token()) == .unknown)
        #expect(try fixture.waits() == waits(refused: 1))
        #expect(server.requests == 1)
    }

    @Test func a_token_that_names_no_key_fetches_nothing() throws {
        let fixture = try fixture()
        #expect(try fixture.ask(try new.token(kid: nil)) == .invalid)
        #expect(try fixture.ask(try old.token(kid: nil)) == .allowed)
        #expect(server.requests == 1)
        #expect(try fixture.waits() == waits())
    }

    @Test func a_key_that_was_not_found_is_refused_without_another_fetch() throws {
        let fixture = try fixture()
        for _ in 0..<20 { #expect(try fixture.ask(try new.token()) == .unknown) }
        #expect(try fixture.waits() == waits(begun: 1, missing: 1, refused: 19))
        #expect(server.requests == 2)
    }

    @Test func a_connection_that_closes_while_it_waits_is_forgotten() throws {
        let fixture = try fixture()
        server.set(nil)
        do {
            let connection = try RawConnection(to: fixture.decision)
            try connection.send(RemoteKeyFixture.question(try new.token()))
            try fixture.awaitWaiting(1)
            connection.resetOnClose()
        }
        try fixture.awaitWaiting(0)
        try server.release(.body(IssuerKey.set(old, new)))
        try fixture.awaitFetches(2)
        #expect(try fixture.ask(try new.token()) == .allowed)
        #expect(try fixture.decided(.keyUnknown) == 0)
    }

    @Test func a_drain_answers_what_waits_and_closes() throws {
        let fixture = try fixture()
        server.set(nil)
        let connection = try RawConnection(to: fixture.decision)
        try connection.send(RemoteKeyFixture.question(try new.token()))
        try fixture.awaitWaiting(1)
        try fixture.drain()
        try server.release(.body(IssuerKey.set(old, new)))
        let response = try connection.readResponse()
        #expect(RemoteKeyFixture.verdict(response) == .allowed)
        #expect(response["Connection"] == "close")
        try connection.expectClose()
    }

    // MARK: The proxy

    private func hello(_ token: String, fields: String = "", body: String = "") -> String {
        "GET /hello HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n\(fields)\r\n\(body)"
    }

    @Test func at_the_proxy_a_request_waits_and_is_then_forwarded_with_its_body() throws {
        let upstream = try RecordingUpstream()
        let fixture = try fixture(upstream: upstream.address)
        server.set(nil)
        let connection = try RawConnection(to: fixture.proxy)
        try connection.send(hello(try new.token(), fields: "Content-Length: 5\r\n", body: "12"))
        try fixture.awaitWaiting(1)
        try connection.send("345" + hello(try old.token()))
        #expect(upstream.requests.isEmpty)
        try server.release(.body(IssuerKey.set(old, new)))
        #expect(try connection.readResponse().status == 200)
        #expect(try connection.readResponse().status == 200)
        #expect(upstream.requests.map(\.body) == [Array("12345".utf8), []])
    }

    @Test func at_the_proxy_a_client_that_has_ended_its_side_gets_its_answer() throws {
        let upstream = try RecordingUpstream()
        let fixture = try fixture(upstream: upstream.address)
        server.set(nil)
        let connection = try RawConnection(to: fixture.proxy)
        try connection.send(hello(try new.token()))
        connection.halfClose()
        try fixture.awaitWaiting(1)
        try server.release(.body(IssuerKey.set(old, new)))
        #expect(try connection.readResponse().status == 200)
        try connection.expectClose()
    }

    @Test func at_the_proxy_a_client_that_goes_while_it_waits_is_forgotten() throws {
        let upstream = try RecordingUpstream()
        let fixture = try fixture(upstream: upstream.address)
        server.set(nil)
        do {
            let connection = try RawConnection(to: fixture.proxy)
            try connection.send(hello(try new.token()))
            try fixture.awaitWaiting(1)
            connection.resetOnClose()
        }
        try fixture.awaitWaiting(0)
        try server.release(.body(IssuerKey.set(old, new)))
        #expect(upstream.requests.isEmpty)
        #expect(try fixture.ask(try old.token()) == .allowed)
    }

    // MARK: Reloads

    @Test func a_reload_keeps_the_keys_of_the_same_server_and_goes_on_with_other_options() throws {
        let fixture = try fixture()
        let url = server.url()
        let failures = try fixture.on { sources in
            var settings = RemoteKeySettings(.keySet(url: url))
            settings.allowsLoopbackHTTP = true
            settings.cooldown = .seconds(1)
            return sources.update(try RemoteKeyFixture.settings(settings))
        }
        #expect(failures == [])
        #expect(try fixture.status().current == 1)
        #expect(server.requests == 1)
        #expect(try fixture.on { $0.remoteKeys.first??.missingLifetime } == 6_000_000_000)
    }

    @Test func a_reload_that_names_another_server_begins_without_keys() throws {
        let fixture = try fixture()
        let other = try KeyServer()
        let url = other.url()
        let failures = try fixture.on { sources in
            var settings = RemoteKeySettings(.keySet(url: url))
            settings.allowsLoopbackHTTP = true
            return sources.update(try RemoteKeyFixture.settings(settings))
        }
        #expect(failures == [])
        #expect(try fixture.status().current == 0)
        try other.release(.body(IssuerKey.set(new)))
        try fixture.awaitFetches(1)
        #expect(try fixture.ask(try new.token()) == .allowed)
        #expect(try fixture.ask(try old.token()).status == 401)
    }
}
