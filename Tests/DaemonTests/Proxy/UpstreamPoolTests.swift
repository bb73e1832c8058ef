import Testing

@testable import Daemon

@Suite struct UpstreamPoolTests {
    @Test func a_released_connection_is_used_again_the_last_one_first() {
        var pool = UpstreamPool()
        #expect(pool.acquire(fresh: false, limit: 4) == .connect(slot: 0))
        #expect(pool.acquire(fresh: false, limit: 4) == .connect(slot: 1))
        pool.connected(0)
        pool.connected(1)
        #expect(pool.released(0, isReusable: true) == .none)
        #expect(pool.released(1, isReusable: true) == .none)
        #expect(pool.acquire(fresh: false, limit: 4) == .reuse(slot: 1))
        #expect(pool.acquire(fresh: true, limit: 4) == .connect(slot: 2))
        #expect(pool.idleCount == 1 && pool.count == 3)
    }

    @Test func a_connection_that_is_not_reusable_frees_its_slot_when_it_is_closed() {
        var pool = UpstreamPool()
        _ = pool.acquire(fresh: false, limit: 1)
        pool.connected(0)
        #expect(pool.released(0, isReusable: false) == .close)
        #expect(pool.count == 1)
        #expect(pool.closed(0) == .none)
        #expect(pool.count == 0)
        #expect(pool.acquire(fresh: false, limit: 1) == .connect(slot: 0))
    }

    @Test func an_idle_connection_that_closes_is_forgotten() {
        var pool = UpstreamPool()
        _ = pool.acquire(fresh: false, limit: 2)
        pool.connected(0)
        _ = pool.released(0, isReusable: true)
        #expect(pool.closed(0) == .none)
        #expect(pool.idleCount == 0 && pool.count == 0)
        #expect(pool.acquire(fresh: false, limit: 2) == .connect(slot: 0))
    }

    @Test func those_who_wait_are_served_in_order_by_released_connections() {
        var pool = UpstreamPool()
        _ = pool.acquire(fresh: false, limit: 1)
        pool.connected(0)
        #expect(pool.acquire(fresh: false, limit: 1) == .queue(ticket: 1))
        #expect(pool.acquire(fresh: false, limit: 1) == .refuse)
        #expect(pool.released(0, isReusable: true) == .handOver(ticket: 1))
        #expect(pool.acquire(fresh: false, limit: 1) == .queue(ticket: 2))
        #expect(pool.released(0, isReusable: true) == .handOver(ticket: 2))
        #expect(pool.released(0, isReusable: true) == .none)
        #expect(pool.waitingCount == 0)
    }

    @Test func a_closed_connection_makes_room_for_one_who_waits() {
        var pool = UpstreamPool()
        _ = pool.acquire(fresh: false, limit: 1)
        _ = pool.acquire(fresh: false, limit: 1)
        // It could not even be opened.
        #expect(pool.closed(0) == .connect(slot: 0, ticket: 1))
        pool.connected(0)
        #expect(pool.released(0, isReusable: true) == .none)
    }

    @Test func one_who_leaves_is_passed_over() {
        var pool = UpstreamPool()
        _ = pool.acquire(fresh: false, limit: 2)
        _ = pool.acquire(fresh: false, limit: 2)
        pool.connected(0)
        #expect(pool.acquire(fresh: false, limit: 2) == .queue(ticket: 1))
        #expect(pool.acquire(fresh: false, limit: 2) == .queue(ticket: 2))
        pool.cancel(ticket: 1)
        #expect(pool.released(0, isReusable: true) == .handOver(ticket: 2))
    }

    @Test func events_that_mean_nothing_change_nothing() {
        var pool = UpstreamPool()
        _ = pool.acquire(fresh: false, limit: 2)
        let before = pool
        #expect(pool.released(0, isReusable: true) == .none)
        #expect(pool.released(7, isReusable: false) == .none)
        #expect(pool.closed(7) == .none)
        pool.connected(7)
        pool.cancel(ticket: 9)
        #expect(pool == before)
    }
}
