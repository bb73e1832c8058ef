internal import Authorization
internal import JOSE
internal import StrictJSON

/// Makes the assertions of one event loop, and remembers them for half of their life: a token that comes again under the
/// same rule costs no signature. Bounded; never locked.
struct AssertionMaker {
    private struct Made {
        let token: [UInt8]
        let rule: Int
        let assertion: [UInt8]
        /// Seconds since 1970 between which it is handed out again.
        let reusable: Range<Int>
    }

    /// Assertions that are remembered, each in the place that its token and rule hash to. A power of two.
    static let places = 256

    private var remembered: [Made?] = []
    private var decoded: [UInt8] = []
    private var document = JSONDocument()
    private(set) var counts = AssertionCounts()

    /// Rules, headers or keys are others from now on.
    mutating func forget() { remembered = [] }

    /// The assertion about a request that was let in because of a verified token.
    /// - Parameters:
    ///   - token: the verified token's text, in `bytes`.
    ///   - identity: of this decision.
    /// - Returns: empty where none can be made: then the upstream is told nothing, and refuses.
    mutating func assertion(
        _ plan: AssertionPlan,
        _ policy: Policy,
        _ decision: Decision,
        token: Span<UInt8>,
        identity: IdentityValues,
        now: Timestamp
    ) -> [UInt8] {
        guard let rule = decision.rule, let issuer = decision.issuer, policy.rules.indices.contains(rule),
            policy.issuers.indices.contains(issuer), let seconds = Int(exactly: now.seconds.rounded(.down))
        else { return [] }
        if remembered.isEmpty { remembered = Array(repeating: nil, count: Self.places) }
        let place = Self.place(token, rule)
        if let made = remembered[place], made.rule == rule, made.reusable.contains(seconds),
            Self.isEqual(made.token, token)
        {
            counts.reused &+= 1
            return made.assertion
        }
        let facts = AssertionPlan.Facts(
            rule: policy.rules[rule],
            issuer: policy.issuers[issuer],
            subject: subject(token),
            headers: Self.headers(policy, identity)
        )
        guard let text = plan.sign(facts, now: seconds, id: Self.freshID()) else {
            counts.failed &+= 1
            return []
        }
        counts.signed &+= 1
        let made = Made(
            token: Array(copying: token),
            rule: rule,
            assertion: Array(text.utf8),
            reusable: seconds..<seconds + max(1, plan.lifetime / 2)
        )
        remembered[place] = made
        return made.assertion
    }

    /// The `sub` of a token that has been verified, and so has the form of one.
    private mutating func subject(_ token: Span<UInt8>) -> String? {
        guard let parts = CompactJWS(token, in: 0..<token.count) else { return nil }
        if decoded.count < parts.payload.count { decoded = [UInt8](repeating: 0, count: parts.payload.count) }
        guard let length = Base64URL.decode(token, in: parts.payload, into: &decoded) else { return nil }
        let claims = Array(decoded[..<length])
        guard document.parse(claims.span) == nil,
            let node = document.member("sub", of: 0, in: claims.span)
        else { return nil }
        return document.string(node, in: claims.span)
    }

    private static func headers(_ policy: Policy, _ identity: IdentityValues) -> [(name: String, value: String)] {
        zip(policy.identityHeaderNames, identity.ranges).compactMap { name, range in
            range.isEmpty ? nil : (name, String(decoding: identity.bytes[range], as: UTF8.self))
        }
    }

    /// 128 random bits.
    private static func freshID() -> String {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        for _ in 0..<2 {
            let word: UInt64 = generator.next()
            for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift * 8))) }
        }
        var text: [UInt8] = []
        Base64URL.encode(bytes.span, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// By the last bytes, which belong to the signature and are as good as random.
    private static func place(_ token: Span<UInt8>, _ rule: Int) -> Int {
        var hash = UInt64(truncatingIfNeeded: rule)
        for position in max(0, token.count - 8)..<token.count { hash = hash &* 31 &+ UInt64(token[position]) }
        return Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 32) & (places - 1)
    }

    /// Not in constant time: both are tokens that verified here.
    private static func isEqual(_ known: [UInt8], _ token: Span<UInt8>) -> Bool {
        guard known.count == token.count else { return false }
        for index in known.indices where known[index] != token[index] { return false }
        return true
    }
}

/// What became of the assertions that were asked for.
package struct AssertionCounts: Sendable, Equatable {
    package var signed: UInt64 = 0
    package var reused: UInt64 = 0
    package var failed: UInt64 = 0

    package init() {}

    mutating func add(_ other: AssertionCounts) {
        signed &+= other.signed
        reused &+= other.reused
        failed &+= other.failed
    }
}

extension Array where Element == UInt8 {
    init(copying bytes: Span<UInt8>) {
        self.init(capacity: bytes.count) { room in
            for index in bytes.indices { room.append(bytes[index]) }
        }
    }
}
