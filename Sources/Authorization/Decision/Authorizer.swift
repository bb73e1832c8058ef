internal import JOSE

/// Decides. One belongs to each event loop, with everything it needs compiled and its buffers its own; it takes no lock,
/// waits for nothing, reads no clock and writes no log.
package struct Authorizer: ~Copyable {
    package private(set) var snapshot: AuthorizationSnapshot
    /// Where a door looks for tokens; a request's credential names one by index.
    package private(set) var credentialSources: [CredentialSource]
    /// The identity headers of the last decision that allowed, in the order of the policy.
    package internal(set) var identity = IdentityValues()

    private(set) var table: RuleTable
    var issuers: [CompiledIssuer]
    private(set) var requirements: [CompiledRequirement?]
    /// For each rule: whether it denies everybody, and whether it only records.
    private(set) var denies: [Bool]
    private(set) var shadows: [Bool]
    private(set) var identityClaims: [[[UInt8]]]
    var reader: TokenReader
    var path: [UInt8] = []
    var host: [UInt8] = []

    package init(_ snapshot: AuthorizationSnapshot) {
        let policy = snapshot.policy
        self.snapshot = snapshot
        credentialSources = Self.sources(policy)
        table = RuleTable(policy.rules)
        issuers = Self.issuers(snapshot, credentialSources)
        requirements = Self.requirements(policy)
        denies = policy.rules.map { $0.effect == .deny }
        shadows = policy.rules.map { $0.mode == .shadow }
        identityClaims = Self.identityClaims(policy)
        reader = TokenReader()
    }

    /// Goes over to another state of the world; the next decision is made in it. Keys that are not in it stop counting
    /// with this call. Cheap where only keys have changed.
    package mutating func replace(_ new: AuthorizationSnapshot) {
        let policy = new.policy
        if policy != snapshot.policy {
            credentialSources = Self.sources(policy)
            table = RuleTable(policy.rules)
            requirements = Self.requirements(policy)
            denies = policy.rules.map { $0.effect == .deny }
            shadows = policy.rules.map { $0.mode == .shadow }
            identityClaims = Self.identityClaims(policy)
        }
        issuers = Self.issuers(new, credentialSources)
        snapshot = new
    }

    /// Decides a request. Total: whatever the bytes are, there is a decision, and only `allowed` allows.
    /// - Parameters:
    ///   - request: places in `bytes`; a place outside them is a denial.
    ///   - now: the wall clock.
    package mutating func decide(_ request: AuthorizationRequest, in bytes: Span<UInt8>, now: Timestamp) -> Decision {
        var trace = NoTrace()
        return decide(request, bytes, now, &trace)
    }

    /// The same, with every step written down.
    package mutating func explain(
        _ request: AuthorizationRequest,
        in bytes: Span<UInt8>,
        now: Timestamp
    ) -> (decision: Decision, explanation: Explanation) {
        var explanation = Explanation()
        let decision = decide(request, bytes, now, &explanation)
        return (decision, explanation)
    }

    /// The methods that the rules know for the path and host of the last decision, which was `method_not_allowed`; for the
    /// Allow field of a 405 (RFC 9110 §10.2.1).
    package func allowedMethods() -> [String] {
        let none: [UInt8] = []
        guard case .otherMethod(let pair) = table.match(path: path.span, host: host.span, method: none.span) else {
            return []
        }
        return table.allowedMethods(pair)
    }

    /// The canonical path of the last decision, without its query; nil where it had none. For logs.
    package var decidedPath: String? { path.isEmpty ? nil : String(decoding: path, as: UTF8.self) }

    /// The canonical host of the last decision; nil where it had none.
    package var decidedHost: String? { host.isEmpty ? nil : String(decoding: host, as: UTF8.self) }

    /// A door has refused a request without asking: path and host of the one before are no longer meant.
    package mutating func forgetPlace() {
        path.removeAll(keepingCapacity: true)
        host.removeAll(keepingCapacity: true)
    }

    /// What the rule table says of the canonical path and host.
    func match(_ request: AuthorizationRequest, _ bytes: Span<UInt8>) -> RuleTable.Match {
        table.match(path: path.span, host: host.span, method: bytes.extracting(request.method))
    }

    private static func sources(_ policy: Policy) -> [CredentialSource] {
        var sources: [CredentialSource] = []
        for issuer in policy.issuers where !sources.contains(issuer.credential) { sources.append(issuer.credential) }
        return sources
    }

    private static func issuers(_ snapshot: AuthorizationSnapshot, _ sources: [CredentialSource]) -> [CompiledIssuer] {
        zip(snapshot.policy.issuers, snapshot.keyRings).map { issuer, ring in
            CompiledIssuer(issuer, source: sources.firstIndex(of: issuer.credential) ?? -1, ring: ring)
        }
    }

    private static func requirements(_ policy: Policy) -> [CompiledRequirement?] {
        policy.rules.map { rule in
            guard case .require(let requirement) = rule.effect else { return nil }
            let issuer = requirement.issuer.map { name in policy.issuers.firstIndex { $0.name == name } ?? -1 }
            return CompiledRequirement(requirement, issuer: issuer)
        }
    }

    private static func identityClaims(_ policy: Policy) -> [[[UInt8]]] {
        policy.identityHeaders.map { header in header.claim.names.map { Array($0.utf8) } }
    }
}
