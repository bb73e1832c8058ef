import HTTPWire
import Testing

@testable import Daemon

/// The table of `ProxyExchange`: every event in every state.
@Suite struct ProxyExchangeTests {
    typealias Exchange = ProxyExchange

    private static func request(_ change: (inout Exchange.Request) -> Void = { _ in }) -> Exchange.Request {
        var request = Exchange.Request(isIdempotent: true, hasBody: false, expectsContinue: false, keepsAlive: true)
        change(&request)
        return request
    }

    private static func forwarding(
        _ body: Exchange.Body = .complete,
        _ change: (inout Exchange.Forwarding) -> Void = { _ in }
    ) -> Exchange.Forwarding {
        var forwarding = Exchange.Forwarding(request: request { $0.hasBody = body == .streaming }, body: body)
        change(&forwarding)
        return forwarding
    }

    private static func answer(_ body: Exchange.Body, client: Bool = true, upstream: Bool = true) -> Exchange.Answer {
        Exchange.Answer(body: body, keepsClient: client, keepsUpstream: upstream)
    }

    private static let states: [String: Exchange.State] = [
        "head": .head,
        "acquiring": .acquiring(forwarding(), isQueued: false),
        "queued": .acquiring(forwarding(), isQueued: true),
        "awaiting": .awaiting(forwarding()),
        "uploading": .awaiting(forwarding(.streaming)),
        "reused": .awaiting(forwarding { $0.isReused = true }),
        "begun": .awaiting(forwarding { $0.hasAnswerBytes = true }),
        "responding": .responding(answer(.complete)),
        "early": .responding(answer(.streaming, client: false)),
        "refusing": .responding(answer(.abandoned, client: false)),
        "draining": .draining(left: 10, thenClose: false),
        "lastDraining": .draining(left: 10, thenClose: true),
        "lingering": .lingering,
        "closed": .closed,
    ]

    private static let refusal = HTTPRefusal(.chunkSizeMalformed)

    private static let events: [String: @Sendable (inout Exchange) -> Exchange.Action] = [
        "approved": { $0.approved(request()) },
        "denied": { $0.denied(request(), framing: .none, drain: 10) },
        "drained": { $0.drained(4, isEnd: false) },
        "drainedAll": { $0.drained(10, isEnd: true) },
        "drainedTooMuch": { $0.drained(11, isEnd: true) },
        "refused": { $0.refused(refusal) },
        "queued": { exchange in
            exchange.queued()
            return .none
        },
        "acquired": { $0.acquired(isReused: false) },
        "acquiringFailed": { $0.acquiringFailed(.unavailable) },
        "answered": { $0.answered(status: 200, keepsUpstream: true, mustClose: false) },
        "answerEnded": { $0.answerEnded(hasLeftover: false) },
        "answerRefused": { $0.answerRefused() },
        "upstreamClosed": { $0.upstreamClosed() },
        "timeIsOver": { $0.timeIsOver() },
        "clientGone": { $0.clientGone() },
        "inputEnded": { $0.inputEnded() },
        "headAwaited": { $0.headAwaited() },
    ]

    private typealias Outcome = (action: Exchange.Action, state: Exchange.State)

    /// Everything that is not `none` and the same state.
    private static let table: [String: [String: Outcome]] = [
        "head": [
            "approved": (.acquire(fresh: false), .acquiring(forwarding(), isQueued: false)),
            "denied": (.reply(keepAlive: true), .head),
            "refused": (.refuse(refusal), .lingering),
            "timeIsOver": (.close, .closed),
            "clientGone": (.none, .closed),
            "inputEnded": (.none, .lingering),
        ],
        "acquiring": [
            "refused": (.refuse(refusal), .lingering),
            "queued": (.none, .acquiring(forwarding(), isQueued: true)),
            "acquired": (.send(continueFirst: false), .awaiting(forwarding())),
            "acquiringFailed": (.fail(.unavailable, keepAlive: true), .head),
            "timeIsOver": (.fail(.timeout, keepAlive: true), .head),
            "clientGone": (.cancel, .closed),
        ],
        "queued": [
            "refused": (.refuse(refusal), .lingering),
            "acquired": (.send(continueFirst: false), .awaiting(forwarding())),
            "acquiringFailed": (.fail(.unavailable, keepAlive: true), .head),
            "timeIsOver": (.fail(.overloaded, keepAlive: true), .head),
            "clientGone": (.cancel, .closed),
        ],
        "awaiting": [
            "refused": (.refuse(refusal), .lingering),
            "answered": (.forward(keepAlive: true), .responding(answer(.complete))),
            "answerRefused": (.fail(.invalid, keepAlive: true), .head),
            "upstreamClosed": (.fail(.unavailable, keepAlive: true), .head),
            "timeIsOver": (.fail(.timeout, keepAlive: true), .head),
            "clientGone": (.cancel, .closed),
        ],
        "uploading": [
            "refused": (.refuse(refusal), .lingering),
            "answered": (.forward(keepAlive: false), .responding(answer(.streaming, client: false))),
            "answerRefused": (.fail(.invalid, keepAlive: false), .lingering),
            "upstreamClosed": (.fail(.unavailable, keepAlive: false), .lingering),
            "timeIsOver": (.refuse(Exchange.clientIsSlow), .lingering),
            "clientGone": (.cancel, .closed),
            "inputEnded": (.cancel, .closed),
        ],
        "reused": [
            "refused": (.refuse(refusal), .lingering),
            "answered": (.forward(keepAlive: true), .responding(answer(.complete))),
            "answerRefused": (.fail(.invalid, keepAlive: true), .head),
            "upstreamClosed": (
                .acquire(fresh: true),
                .acquiring(
                    forwarding {
                        $0.isReused = true
                        $0.hasRetried = true
                    },
                    isQueued: false
                )
            ),
            "timeIsOver": (.fail(.timeout, keepAlive: true), .head),
            "clientGone": (.cancel, .closed),
        ],
        "begun": [
            "refused": (.refuse(refusal), .lingering),
            "answered": (.forward(keepAlive: true), .responding(answer(.complete))),
            "answerRefused": (.fail(.invalid, keepAlive: true), .head),
            "upstreamClosed": (.fail(.invalid, keepAlive: true), .head),
            "timeIsOver": (.fail(.timeout, keepAlive: true), .head),
            "clientGone": (.cancel, .closed),
        ],
        "responding": [
            "refused": (.abort, .closed),
            "answerEnded": (.finish(reusable: true), .head),
            "answerRefused": (.abort, .closed),
            "upstreamClosed": (.abort, .closed),
            "timeIsOver": (.abort, .closed),
            "clientGone": (.cancel, .closed),
        ],
        "early": [
            "refused": (.abort, .closed),
            "answerEnded": (.finish(reusable: false), .lingering),
            "answerRefused": (.abort, .closed),
            "upstreamClosed": (.abort, .closed),
            "timeIsOver": (.abort, .closed),
            "clientGone": (.cancel, .closed),
            "inputEnded": (.abort, .closed),
        ],
        "refusing": [
            "refused": (.abort, .closed),
            "answerEnded": (.finish(reusable: false), .lingering),
            "answerRefused": (.abort, .closed),
            "upstreamClosed": (.abort, .closed),
            "timeIsOver": (.abort, .closed),
            "clientGone": (.cancel, .closed),
        ],
        "draining": [
            "drained": (.none, .draining(left: 6, thenClose: false)),
            "drainedAll": (.none, .head),
            "drainedTooMuch": (.none, .lingering),
            "refused": (.none, .lingering),
            "timeIsOver": (.close, .closed),
            "clientGone": (.none, .closed),
            "inputEnded": (.none, .lingering),
        ],
        "lastDraining": [
            "drained": (.none, .draining(left: 6, thenClose: true)),
            "drainedAll": (.none, .lingering),
            "drainedTooMuch": (.none, .lingering),
            "refused": (.none, .lingering),
            "timeIsOver": (.close, .closed),
            "clientGone": (.none, .closed),
            "inputEnded": (.none, .lingering),
        ],
        "lingering": ["timeIsOver": (.close, .closed), "clientGone": (.none, .closed)],
        "closed": [:],
    ]

    @Test func every_event_in_every_state_does_what_the_table_says() {
        for (stateName, state) in Self.states {
            for (eventName, event) in Self.events {
                var exchange = Exchange()
                exchange.state = state
                let action = event(&exchange)
                let expected = Self.table[stateName]?[eventName] ?? (.none, state)
                #expect(action == expected.action, "\(eventName) in \(stateName)")
                #expect(exchange.state == expected.state, "\(eventName) in \(stateName)")
            }
        }
        #expect(Set(Self.table.keys) == Set(Self.states.keys))
    }

    @Test(arguments: [false, true], [false, true])
    func a_request_is_sent_again_only_before_any_of_its_body_and_only_if_it_is_idempotent(_ sent: Bool, _ safe: Bool) {
        var exchange = Exchange()
        exchange.state = .awaiting(
            Self.forwarding(.streaming) {
                $0.isReused = true
                $0.request.isIdempotent = safe
            }
        )
        if sent { exchange.bodySent() }
        #expect((exchange.upstreamClosed() == .acquire(fresh: true)) == (!sent && safe))
    }

    @Test func a_second_100_is_not_sent_for_a_second_try() {
        var exchange = Exchange()
        let request = Self.request {
            $0.hasBody = true
            $0.expectsContinue = true
        }
        #expect(exchange.approved(request) == .acquire(fresh: false))
        #expect(exchange.acquired(isReused: true) == .send(continueFirst: true))
        #expect(exchange.upstreamClosed() == .acquire(fresh: true))
        #expect(exchange.acquired(isReused: false) == .send(continueFirst: false))
        #expect(exchange.upstreamClosed() == .fail(.unavailable, keepAlive: false))
    }

    @Test(arguments: [(200, true), (299, true), (300, false), (413, false), (503, false)])
    func an_early_answer_stops_the_upload_unless_it_is_a_success(_ status: Int, _ goesOn: Bool) {
        var exchange = Exchange()
        exchange.state = .awaiting(Self.forwarding(.streaming))
        let action = exchange.answered(status: UInt16(status), keepsUpstream: true, mustClose: false)
        #expect(action == .forward(keepAlive: false))
        #expect(exchange.wantsBody == goesOn)
        #expect(exchange.readsClient(waiting: 0, lookAhead: 10) == goesOn)
        // Even if the body is complete in the end.
        exchange.bodyEnded()
        #expect(exchange.answerEnded(hasLeftover: false) == .finish(reusable: true))
        #expect(exchange.state == .lingering)
    }

    @Test func who_may_read_depends_on_the_other_side() {
        var exchange = Exchange()
        exchange.state = .awaiting(Self.forwarding(.streaming))
        #expect(exchange.readsClient(waiting: 0, lookAhead: 10))
        exchange.isUpstreamWritable = false
        #expect(!exchange.readsClient(waiting: 0, lookAhead: 10))
        exchange.state = .awaiting(Self.forwarding(.complete))
        #expect(exchange.readsClient(waiting: 10, lookAhead: 10) && !exchange.readsClient(waiting: 11, lookAhead: 10))
        exchange.state = .responding(Self.answer(.complete))
        #expect(exchange.readsUpstream)
        exchange.isClientWritable = false
        #expect(!exchange.readsUpstream)
        exchange.state = .acquiring(Self.forwarding(.streaming), isQueued: true)
        #expect(!exchange.readsClient(waiting: 0, lookAhead: 10))
        exchange.state = .head
        #expect(!exchange.readsClient(waiting: 0, lookAhead: 10) && exchange.readsUpstream)
    }

    @Test(arguments: [
        (BodyFraming.none, false, true), (.length(10), false, true), (.length(11), false, false),
        (.chunked, false, true), (.length(1), true, false),
    ])
    func a_denied_body_is_drained_or_the_connection_ends(_ framing: BodyFraming, _ waits: Bool, _ keeps: Bool) {
        var exchange = Exchange()
        let request = Self.request {
            $0.hasBody = framing.hasBody
            $0.expectsContinue = waits
        }
        #expect(exchange.denied(request, framing: framing, drain: 10) == .reply(keepAlive: keeps))
        #expect((exchange.state == .lingering) == !keeps)
    }

    @Test func leftover_bytes_and_a_cut_body_make_a_connection_useless() {
        for (answer, leftover) in [
            (Self.answer(.complete), true), (Self.answer(.complete, upstream: false), false),
            (Self.answer(.abandoned), false), (Self.answer(.streaming), false),
        ] {
            var exchange = Exchange()
            exchange.state = .responding(answer)
            #expect(exchange.answerEnded(hasLeftover: leftover) == .finish(reusable: false))
        }
    }
}
