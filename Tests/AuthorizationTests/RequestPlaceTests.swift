import Authorization
import TestSupport
import Testing

/// A decision is total: places that lie outside the bytes are a denial, not a crash.
@Suite struct RequestPlaceTests {
    @Test func a_place_beyond_the_bytes_is_a_denial() {
        let (bytes, good) = TestRequest(token: TestToken.token()).laidOut
        var authorizer = World().authorizer()
        func decide(_ change: (inout AuthorizationRequest) -> Void) -> Decision {
            var request = good
            change(&request)
            return authorizer.decide(request, in: bytes.span, now: Timestamp(seconds: TestToken.now))
        }
        #expect(decide { _ in }.reason == .allowed)
        let end = bytes.count
        for place in [end..<(end + 1), 0..<(end + 1), (end + 5)..<(end + 9), 0..<Int.max, Int.max..<Int.max] {
            #expect(decide { $0.method = place }.reason == .metadataMissing)
            #expect(decide { $0.target = place }.reason == .metadataMissing)
            #expect(decide { $0.host = place }.reason == .metadataMissing)
            #expect(decide { $0.credential = .token(place, source: 0) }.reason == .metadataMissing)
        }
        #expect(decide { $0.method = end..<end }.reason == .allowed)
        #expect(decide { $0.target = end..<end } == Decision(.pathAmbiguous, isTargetMalformed: true))
        #expect(decide { $0.host = end..<end }.reason == .hostInvalid)
        #expect(decide { $0.credential = .token(end..<end, source: 0) }.reason == .tokenMalformed)
    }

    @Test func no_bytes_at_all_are_a_denial() {
        var authorizer = World().authorizer()
        let none: [UInt8] = []
        let request = AuthorizationRequest(method: 0..<0, target: 0..<0, host: nil, credential: .absent)
        let decision = authorizer.decide(request, in: none.span, now: Timestamp(seconds: 0))
        #expect(decision.outcome == .deny)
    }

    // In a process of its own, because a trap would end the whole run.
    @Test func a_place_before_the_bytes_is_a_denial() async {
        await #expect(processExitsWith: .success) {
            let (bytes, good) = TestRequest(token: TestToken.token()).laidOut
            for field in 0..<4 {
                for place in [-1..<3, -5 ..< -1, Int.min..<0] {
                    var request = good
                    switch field {
                    case 0: request.method = place
                    case 1: request.target = place
                    case 2: request.host = place
                    default: request.credential = .token(place, source: 0)
                    }
                    var authorizer = World().authorizer()
                    let decision = authorizer.decide(request, in: bytes.span, now: Timestamp(seconds: TestToken.now))
                    precondition(decision.outcome == .deny)
                }
            }
        }
    }

    @Test func any_clock_is_a_clock() {
        for now in [0, -1, 1e300, -1e300, Double.infinity, -.infinity, .nan, .leastNonzeroMagnitude] {
            let decision = World().decide(TestRequest(token: TestToken.token()), at: now)
            let isWithin = now >= 1_799_999_990 && now < 1_800_000_060
            #expect((decision.outcome == .allow) == isWithin, "\(now)")
        }
    }

    @Test func random_bytes_are_decided() {
        var random = SeededGenerator(seed: 13)
        var authorizer = World().authorizer()
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 1...60, using: &random)).map { _ in
                UInt8.random(in: Bool.random(using: &random) ? 0x20...0x7E : 0...255, using: &random)
            }
            func place() -> Range<Int> {
                let start = Int.random(in: 0...bytes.count, using: &random)
                return start..<Int.random(in: start...bytes.count, using: &random)
            }
            let request = AuthorizationRequest(
                method: place(),
                target: place(),
                host: Bool.random(using: &random) ? place() : nil,
                credential: .token(place(), source: 0)
            )
            let decision = authorizer.decide(request, in: bytes.span, now: Timestamp(seconds: TestToken.now))
            #expect(decision.outcome == .deny)
        }
    }
}
