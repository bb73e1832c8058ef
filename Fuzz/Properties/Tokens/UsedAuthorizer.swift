internal import Authorization

/// One authorizer that decides everything, as on an event loop, held against a new one for each question.
final class UsedAuthorizer {
    private var authorizer: Authorizer

    init(_ world: FuzzWorld) { authorizer = world.authorizer() }

    func decide(_ question: Question, now: Timestamp = FuzzWorld.now) throws(Violation) -> Decision {
        try decide(question.request, question.bytes, now: now)
    }

    /// Goes over to another state of the world and decides in it.
    func decide(_ question: Question, in snapshot: AuthorizationSnapshot) throws(Violation) -> Decision {
        authorizer.replace(snapshot)
        return try decide(question)
    }

    func decide(
        _ request: AuthorizationRequest,
        _ bytes: [UInt8],
        now: Timestamp = FuzzWorld.now
    ) throws(Violation) -> Decision {
        var new = Authorizer(authorizer.snapshot)
        let (explained, explanation) = new.explain(request, in: bytes.span, now: now)
        let decision = authorizer.decide(request, in: bytes.span, now: now)
        try require(
            decision == explained,
            "a decision is the same explained, and by a used authorizer",
            "\(decision), not \(explained)"
        )
        let isSameIdentity =
            authorizer.identity.bytes == new.identity.bytes && authorizer.identity.ranges == new.identity.ranges
        try require(decision.outcome != .allow || isSameIdentity, "a used authorizer names the same client")
        let failures = explanation.steps.compactMap(\.failure)
        let isDenied = decision.outcome != .allow
        try require(failures.count <= 1, "an explanation ends with the first thing that failed", "\(failures)")
        try require(
            !isDenied || failures == [] || failures == [decision.reason],
            "the step that failed is the reason",
            "\(failures)"
        )
        try require(isDenied || failures == [], "nothing failed in what is allowed")
        let isPrintable = explanation.steps.allSatisfy { step in
            step.detail.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        }
        try require(isPrintable, "an explanation moves no cursor")
        return decision
    }

    /// Whether the last decision named nobody.
    var identityIsEmpty: Bool { authorizer.identity.ranges.allSatisfy(\.isEmpty) }

    /// Whether what the last decision told of the client is what `IdentityValues` promises.
    var identityIsPlain: Bool {
        authorizer.identity.bytes.count <= IdentityValues.maximumBytes
            && authorizer.identity.bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }

    /// The canonical path of the last decision.
    var path: String? { authorizer.decidedPath }
}
