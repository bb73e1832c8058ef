import Authorization
import Testing

/// The order is fixed: path and rule, then form, algorithm, issuer, key, signature, then claims, then what the rule asks.
/// What is wrong first is the reason, so that a denied path tells nothing of a token and a forged token nothing of claims.
@Suite struct FailureOrderTests {
    private func reason(_ faults: Fault...) -> Reason {
        var faulty = FaultyRequest()
        for fault in faults { fault.add(&faulty) }
        return faulty.world.decide(faulty.request).reason
    }

    @Test func without_a_fault_the_request_is_allowed() {
        #expect(reason() == .allowed)
    }

    @Test(arguments: Fault.inOrder)
    func one_fault_is_the_reason(fault: Fault) {
        #expect(reason(fault) == fault.reason)
    }

    @Test func of_two_faults_the_earlier_is_the_reason() {
        var pairs = 0
        for (index, first) in Fault.inOrder.enumerated() {
            for second in Fault.inOrder[(index + 1)...] where second.group != first.group {
                // A rule that denies knows no methods: the two are never both there.
                if first.reason == .methodNotAllowed, second.group == "target" { continue }
                #expect(reason(first, second) == first.reason, "\(first.testDescription), \(second.testDescription)")
                #expect(reason(second, first) == first.reason, "\(second.testDescription), \(first.testDescription)")
                pairs += 1
            }
        }
        #expect(pairs > 400)
    }

    // Whatever stands in the token, a request that no token could help is refused for what it asks.
    @Test func a_denied_path_tells_nothing_of_the_token() {
        for target in ["/elsewhere", "/closed/x", "/api/../x", "/api/secret", "/CLOSED"] {
            var reasons: Set<Reason> = []
            for fault in Fault.inOrder where fault.group != "target" && fault.group != "host" && fault.group != "method"
            {
                var faulty = FaultyRequest()
                fault.add(&faulty)
                faulty.target = target
                let decision = faulty.world.decide(faulty.request)
                reasons.insert(decision.reason)
                #expect(decision.issuer == nil)
            }
            #expect(reasons.count == 1, "\(target)")
        }
    }

    // The issuer of a decision is one whose signature held.
    @Test func the_issuer_is_told_only_after_its_signature_held() {
        let lastBefore = Fault.inOrder.firstIndex { $0.reason == .tokenExpired } ?? 0
        for (index, fault) in Fault.inOrder.enumerated() {
            var faulty = FaultyRequest()
            fault.add(&faulty)
            let decision = faulty.world.decide(faulty.request)
            #expect((decision.issuer != nil) == (index >= lastBefore), "\(fault.testDescription)")
        }
    }
}
