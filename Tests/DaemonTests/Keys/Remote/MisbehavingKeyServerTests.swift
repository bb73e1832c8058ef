import Authorization
import Configuration
import TestSupport
import Testing

@testable import Daemon

/// A key server that misbehaves in every way never causes an allow, a crash, a loop that stands still, or a fetch too many.
@Suite struct MisbehavingKeyServerTests {
    private let key = IssuerKey("first")
    private let stranger = IssuerKey("stranger")

    private func settings(_ url: String, _ change: (inout RemoteKeySettings) -> Void = { _ in }) -> RemoteKeySettings {
        var settings = RemoteKeySettings(.keySet(url: url))
        settings.allowsLoopbackHTTP = true
        settings.timeout = .milliseconds(500)
        settings.wait = .seconds(20)
        change(&settings)
        return settings
    }

    /// Tokens that no answer may make good: by a key that the issuer never had, and by secrets that a server gave away.
    private func bad() throws -> [String] {
        let mint = TokenMint(secret: KeyServerFault.secret, keyIdentifier: key.keyID)
        return [try stranger.token(kid: key.keyID), try stranger.token(kid: nil), mint.token()]
    }

    @Test(arguments: KeyServerFault.allCases)
    func a_fault_at_the_start_gives_no_keys_and_is_got_over(fault: KeyServerFault) throws {
        let good = IssuerKey.set(key)
        let elsewhere = try KeyServer(.body(good))
        let other = IssuerKey("other")
        let answer = fault.answer(good: good, key: key, other: other, elsewhere: elsewhere.url())
        let server = try KeyServer(answer)
        let fixture = try RemoteKeyFixture(settings(server.url()))
        try server.waitForRequests(1)
        // Requests that need no key of this issuer are answered while the server does what it does.
        #expect(try fixture.ask(nil, path: "/open/a") == .allowed)
        try fixture.awaitFetches(1)
        for token in try bad() + [key.token()] { #expect(try fixture.ask(token).status != 200) }
        let status = try fixture.status()
        #expect((status.current > 0) == (fault == .wrongKeys), "\(status)")
        #expect(elsewhere.requests == 0)
        server.set(.body(good))
        try fixture.fetchAgain()
        #expect(try fixture.ask(try key.token()) == .allowed)
        for token in try bad() { #expect(try fixture.ask(token).status == 401) }
    }

    @Test(arguments: KeyServerFault.allCases)
    func a_fault_later_leaves_the_last_good_keys(fault: KeyServerFault) throws {
        let good = IssuerKey.set(key)
        let elsewhere = try KeyServer(.body(IssuerKey.set(stranger)))
        let other = IssuerKey("other")
        let server = try KeyServer(.body(good))
        let fixture = try RemoteKeyFixture(settings(server.url()))
        try fixture.awaitFetches(1)
        #expect(try fixture.ask(try key.token()) == .allowed)
        server.set(fault.answer(good: IssuerKey.set(stranger), key: stranger, other: other, elsewhere: elsewhere.url()))
        try fixture.fetchAgain()
        let isOtherSet = fault == .wrongKeys
        #expect(try fixture.ask(try key.token()).status == (isOtherSet ? 401 : 200))
        #expect(try fixture.status().health == (isOtherSet ? .current : .degraded))
        // It makes one search and is refused; the others are within its cooldown.
        for token in try bad() + [stranger.token(), stranger.token()] { #expect(try fixture.ask(token).status == 401) }
        #expect(elsewhere.requests == 0)
        // Besides the first, the forced one and retries of what failed: one search.
        #expect(try fixture.begun("unknown_key") == 1)
        #expect(!fixture.log.current.contains { $0.contains("first") || $0.contains("stranger") })
    }

    @Test func a_server_that_nobody_listens_at_is_got_over() throws {
        let fixture = try RemoteKeyFixture(settings("http://127.0.0.1:\(try FreePort.next())/keys"))
        try fixture.awaitFetches(1)
        #expect(try fixture.ask(try key.token()) == .unavailable)
        #expect(try fixture.status().lastError?.code == .unreachable)
    }

    @Test func a_server_that_never_accepts_costs_the_time_limit_and_nothing_else() throws {
        let socket = try SilentListener()
        let fixture = try RemoteKeyFixture(settings("http://127.0.0.1:\(socket.port)/keys"))
        #expect(try fixture.ask(nil, path: "/open/a") == .allowed)
        try fixture.awaitFetches(1)
        #expect(try fixture.status().lastError?.code == .unreachable)
        #expect(try fixture.ask(try key.token()) == .unavailable)
    }

    @Test func plain_http_is_never_fetched_where_it_is_not_allowed() throws {
        let server = try KeyServer(.body(IssuerKey.set(key)))
        let fixture = try RemoteKeyFixture(settings(server.url()) { $0.allowsLoopbackHTTP = false })
        try fixture.awaitFetches(1)
        #expect(try fixture.ask(try key.token()) == .unavailable)
        #expect(server.record.current.connections == 0)
    }

    @Test func the_largest_answer_is_what_the_configuration_says() throws {
        let good = IssuerKey.set(key)
        let server = try KeyServer(.body(good))
        let fixture = try RemoteKeyFixture(settings(server.url()) { $0.maximumBytes = good.utf8.count })
        try fixture.awaitFetches(1)
        #expect(try fixture.ask(try key.token()) == .allowed)
        server.set(.body(good + " "))
        try fixture.fetchAgain()
        #expect(try fixture.status().health == .degraded)
    }

    @Test func keys_that_cannot_be_renewed_are_dropped_in_the_end() throws {
        let server = try KeyServer(.body(IssuerKey.set(key)))
        let fixture = try RemoteKeyFixture(settings(server.url()) { $0.longestStale = .milliseconds(300) })
        try fixture.awaitFetches(1)
        #expect(try fixture.ask(try key.token()) == .allowed)
        server.set(.bytes("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"))
        try fixture.fetchAgain()
        try fixture.awaitLog("keys dropped")
        #expect(try fixture.status().health == .neverLoaded)
        #expect(try fixture.status().lastError?.code == .stale)
        try fixture.awaitVerdict(.unavailable, for: try key.token())
        server.set(.body(IssuerKey.set(key)))
        try fixture.fetchAgain()
        try fixture.awaitVerdict(.allowed, for: try key.token())
    }

    @Test func a_flood_of_unknown_keys_fetches_no_more_than_the_cooldown_permits() throws {
        let server = try KeyServer(.body(IssuerKey.set(key)))
        let cooldown = Duration.milliseconds(200)
        let fixture = try RemoteKeyFixture(
            settings(server.url()) {
                $0.cooldown = cooldown
                $0.wait = .milliseconds(5)
            }
        )
        try fixture.awaitFetches(1)
        let start = ContinuousClock.now
        let connections = try (0..<8).map { _ in try RawConnection(to: fixture.decision) }
        var refused = 0
        var number = 0
        while refused < 4000 {
            for connection in connections {
                number += 1
                let response = try connection.exchange(
                    RemoteKeyFixture.question(try stranger.token(kid: "unknown-\(number)"))
                )
                #expect(RemoteKeyFixture.verdict(response) == .unknown)
                refused += 1
            }
            // Known keys are served all the while.
            if number % 400 == 0 { #expect(try fixture.ask(try key.token()) == .allowed) }
        }
        let permitted = 1 + Int((ContinuousClock.now - start) / cooldown) + 1
        let fetches = server.requests - 1
        #expect(fetches <= permitted, "\(fetches) fetches, \(permitted) permitted")
        #expect(fetches >= 1)
        #expect(try fixture.begun("unknown_key") == UInt64(fetches))
        print("flood: \(refused) tokens with unknown keys in \(ContinuousClock.now - start), \(fetches) fetches")
    }
}
