import Testing

@testable import Daemon

@Suite struct LoopHeartbeatTests {
    @Test func the_service_lives_when_the_last_loop_has_answered() {
        var heartbeat = LoopHeartbeat(loops: 3)
        #expect(heartbeat.tick() == .ask(round: 1))
        let answers = [2, 0, 1].map { heartbeat.answered($0, round: 1) }
        #expect(answers == [false, false, true])
        #expect(heartbeat.tick() == .ask(round: 2))
    }

    @Test func one_silent_loop_stops_the_pings_and_is_named_once() {
        var heartbeat = LoopHeartbeat(loops: 2)
        #expect(heartbeat.tick() == .ask(round: 1))
        let first = heartbeat.answered(0, round: 1)
        #expect(!first)
        #expect(heartbeat.tick() == .silent([1]))
        #expect(heartbeat.tick() == .nothing)
        // The loop that turns cannot stand in for the one that does not.
        let again = heartbeat.answered(0, round: 1)
        #expect(!again)
        #expect(heartbeat.tick() == .nothing)
        let late = heartbeat.answered(1, round: 1)
        #expect(late)
        #expect(heartbeat.tick() == .ask(round: 2))
    }

    @Test func an_answer_to_an_earlier_round_counts_for_nothing() {
        var heartbeat = LoopHeartbeat(loops: 1)
        _ = heartbeat.tick()
        _ = heartbeat.answered(0, round: 1)
        _ = heartbeat.tick()
        let old = heartbeat.answered(0, round: 1)
        #expect(!old)
        let new = heartbeat.answered(0, round: 2)
        #expect(new)
    }
}
