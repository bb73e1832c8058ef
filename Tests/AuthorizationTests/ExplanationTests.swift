import Authorization
import TestSupport
import Testing

@Suite struct ExplanationTests {
    private func random(_ random: inout SeededGenerator) -> FaultyRequest {
        var faulty = FaultyRequest()
        for _ in 0..<Int.random(in: 0...3, using: &random) { Fault.inOrder.randomElement(using: &random)?.add(&faulty) }
        if Bool.random(using: &random) {
            let targets = [
                "/api/x", "/api", "/api/", "/closed", "/", "//", "/x?y", "/api/%2e", "/%61pi", "/api/A", "", "/é",
                "/Api",
            ]
            faulty.target = targets.randomElement(using: &random) ?? "/"
        }
        return faulty
    }

    // One function decides; the explanation only watches.
    @Test func an_explained_decision_is_the_decision_on_ten_thousand_random_requests() {
        var random = SeededGenerator(seed: 12)
        var reasons: [Reason: Int] = [:]
        let worlds = [true, false].map { hasKeys in
            var faulty = FaultyRequest()
            faulty.hasKeys = hasKeys
            return faulty.world.snapshot
        }
        var first = Authorizer(worlds[0])
        var second = Authorizer(worlds[0])
        for _ in 0..<10_000 {
            let faulty = self.random(&random)
            let request = faulty.request
            let world = worlds[faulty.hasKeys ? 0 : 1]
            if first.snapshot !== world {
                first.replace(world)
                second.replace(world)
            }
            let decision = first.decide(request)
            let (explained, explanation) = second.explain(request)
            #expect(explained == decision)
            #expect(first.identityTexts == second.identityTexts)
            reasons[decision.reason, default: 0] += 1
            check(explanation, decision)
        }
        print("explain = decide on 10000 requests, \(reasons.count) different reasons")
        #expect(reasons.count >= 20)
    }

    /// The only step that failed is the last, and it failed for the decision's reason.
    private func check(_ explanation: Explanation, _ decision: Decision) {
        let failures = explanation.steps.compactMap(\.failure)
        if decision.reason == .allowed {
            #expect(failures == [])
        } else {
            #expect(failures == [decision.reason])
            #expect(explanation.steps.last?.failure == decision.reason)
        }
    }

    @Test func an_allowed_request_passes_every_step_in_order() throws {
        var authorizer = FaultyRequest().world.authorizer()
        let (decision, explanation) = authorizer.explain(FaultyRequest().request)
        #expect(decision.reason == .allowed)
        let steps = explanation.steps.map(\.step)
        #expect(
            steps == [
                .path, .host, .rule, .credential, .form, .issuer, .algorithm, .key, .signature, .expiry, .issuedAt,
                .lifetime,
                .requiredClaims, .requiredClaims, .audience, .requirementIssuer, .scopes, .claims,
            ]
        )
    }

    // What a stranger wrote into a token must not reach a terminal or a log.
    @Test func no_text_of_an_unverified_token_is_in_an_explanation() {
        let marker = "MARKER\u{1B}[31m"
        let escaped = "MARKER\\u001b[31m"
        for fault in Fault.inOrder {
            var faulty = FaultyRequest()
            faulty.claims["sub"] = "\"\(escaped)\""
            faulty.claims["\(escaped)"] = "\"\(escaped)\""
            fault.add(&faulty)
            var headers = faulty.headerMembers
            headers["x-\(escaped)"] = "\"\(escaped)\""
            faulty.headerMembers = headers
            var authorizer = faulty.world.authorizer()
            let (_, explanation) = authorizer.explain(faulty.request)
            for step in explanation.steps {
                #expect(!step.detail.contains("MARKER") && !step.detail.contains(marker), "\(fault.testDescription)")
            }
        }
        for (name, value) in [("kid", escaped), ("typ", escaped), ("alg", escaped), ("crit", escaped)] {
            var faulty = FaultyRequest()
            faulty.headerMembers[name] = "\"\(value)\""
            faulty.claims["iss"] = .some("\"\(escaped)\"")
            var authorizer = faulty.world.authorizer()
            let (decision, explanation) = authorizer.explain(faulty.request)
            #expect(decision.outcome == .deny)
            #expect(explanation.steps.allSatisfy { !$0.detail.contains("MARKER") })
        }
    }

    @Test func a_shadow_rules_failure_is_shown_in_the_steps() {
        var world = FaultyRequest().world
        world.policy.rules[0].mode = .shadow
        var faulty = FaultyRequest()
        faulty.claims["aud"] = "\"other\""
        var authorizer = world.authorizer()
        let (decision, explanation) = authorizer.explain(faulty.request)
        #expect(decision.reason == .allowed)
        #expect(decision.shadowReason == .audienceMismatch)
        #expect(explanation.steps.last?.failure == .audienceMismatch)
    }

    @Test func times_are_told_in_seconds_from_now() {
        var faulty = FaultyRequest()
        faulty.claims["exp"] = .some("\(Int(FaultyRequest.now) - 12)")
        var authorizer = faulty.world.authorizer()
        let (_, explanation) = authorizer.explain(faulty.request)
        #expect(explanation.steps.last?.detail == "12 s ago, leeway 0 s")
    }
}
