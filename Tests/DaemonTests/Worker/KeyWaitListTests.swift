import Testing

@testable import Daemon

@Suite struct KeyWaitListTests {
    private func key(_ name: UInt64, source: UInt64 = 1) -> MissingKeys.Key {
        MissingKeys.Key(source: source, name: name)
    }

    @Test func one_question_is_asked_for_all_that_wait() {
        var list = KeyWaitList()
        let first = list.wants(key(1), mayHelp: true, now: 0)
        let second = list.wants(key(2), mayHelp: true, now: 0)
        let other = list.wants(key(1, source: 2), mayHelp: true, now: 0)
        #expect(first == .wait(ticket: 1, asks: true))
        #expect(second == .wait(ticket: 2, asks: false))
        #expect(other == .wait(ticket: 3, asks: true))
        let released = list.answered(1)
        #expect(released == [1, 2])
        #expect(list.count == 1)
        let next = list.wants(key(3), mayHelp: true, now: 0)
        #expect(next == .wait(ticket: 4, asks: true))
    }

    @Test func who_has_left_is_not_released_and_the_question_stays_asked() {
        var list = KeyWaitList()
        _ = list.wants(key(1), mayHelp: true, now: 0)
        let hasLeft = list.left(1)
        let hasLeftAgain = list.left(1)
        #expect(hasLeft && !hasLeftAgain)
        let next = list.wants(key(1), mayHelp: true, now: 0)
        #expect(next == .wait(ticket: 2, asks: false))
        let released = list.answered(1)
        #expect(released == [2])
    }

    @Test func nobody_waits_where_no_search_can_begin() {
        var list = KeyWaitList()
        let answer = list.wants(key(1), mayHelp: false, now: 0)
        #expect(answer == .refuse)
    }

    @Test func nobody_waits_for_a_key_that_was_just_not_found() {
        var list = KeyWaitList()
        list.missed(key(1), now: 0, lifetime: 100)
        let early = list.wants(key(1), mayHelp: true, now: 99)
        let late = list.wants(key(1), mayHelp: true, now: 100)
        #expect(early == .refuse)
        #expect(late == .wait(ticket: 1, asks: true))
    }

    @Test func a_bounded_number_waits() {
        var list = KeyWaitList(capacity: 2)
        _ = list.wants(key(1), mayHelp: true, now: 0)
        _ = list.wants(key(2), mayHelp: true, now: 0)
        let third = list.wants(key(3), mayHelp: true, now: 0)
        #expect(third == .refuse)
        _ = list.left(1)
        let fourth = list.wants(key(4), mayHelp: true, now: 0)
        #expect(fourth == .wait(ticket: 3, asks: false))
    }
}
