internal import JOSE

/// Decides. One belongs to each event loop, with everything it needs compiled and its buffers its own; it takes no lock,
/// waits for nothing, reads no clock and writes no log.
package struct Authorizer: ~Copyable {
    package private(set) var snapshot: AuthorizationSnapshot
    /// The identity headers of the last decision that allowed, one for each name of `Policy.identityHeaderNames`.
    package internal(set) var identity: IdentityValues
    /// What the last decision lacked; nil for any other one than `key_unknown`.
    package internal(set) var missingKey: MissingKey?

    private(set) var policy: CompiledPolicy
    private(set) var issuers: [CompiledIssuer]
    /// Counts the snapshots that were decided in. What is remembered of tokens holds in one of them only.
    private(set) var epoch: UInt64 = 1
    var reader: TokenReader
    /// The canonical path that is decided on; empty: none.
    var path: [UInt8] = []
    var host = DecidedHost()

    /// - Parameter rememberedTokens: verified tokens that are remembered at most, so that a repeated one costs no
    ///   public-key signature.
    package init(_ snapshot: AuthorizationSnapshot, rememberedTokens: Int = 1024) {
        self.snapshot = snapshot
        policy = CompiledPolicy(snapshot.policy)
        issuers = Self.issuers(snapshot, policy)
        identity = policy.nobody
        reader = TokenReader(capacity: rememberedTokens)
    }

    /// Goes over to another state of the world; the next decision is made in it. Keys that are not in it stop counting
    /// with this call. Cheap where only keys or revocations have changed.
    package mutating func replace(_ new: AuthorizationSnapshot) {
        if new.policy != snapshot.policy {
            policy = CompiledPolicy(new.policy)
            identity = policy.nobody
        }
        issuers = Self.issuers(new, policy)
        snapshot = new
        epoch += 1
    }

    /// Where a door looks for tokens; a request's credential names one by index.
    package var credentialSources: [CredentialSource] { policy.credentialSources }

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
        let host = self.host.canonical
        guard case .otherMethod(let pair) = policy.table.match(path: path.span, host: host.span, method: none.span)
        else { return [] }
        return policy.table.allowedMethods(pair)
    }

    /// The canonical path of the last decision, without its query; nil where it had none. For logs.
    package var decidedPath: String? { path.isEmpty ? nil : String(decoding: path, as: UTF8.self) }

    /// The canonical host of the last decision; nil where it had none.
    package var decidedHost: String? {
        host.canonical.isEmpty ? nil : String(decoding: host.canonical, as: UTF8.self)
    }

    /// A door has refused a request without asking: path and host of the one before are no longer meant.
    package mutating func forgetPlace() {
        path.removeAll(keepingCapacity: true)
        host.forget()
    }

    /// What the rule table says of the canonical path and host.
    func match(_ request: AuthorizationRequest, _ bytes: Span<UInt8>) -> RuleTable.Match {
        let host = self.host.canonical
        return policy.table.match(path: path.span, host: host.span, method: bytes.extracting(request.method))
    }

    private static func issuers(_ snapshot: AuthorizationSnapshot, _ policy: CompiledPolicy) -> [CompiledIssuer] {
        zip(snapshot.policy.issuers, snapshot.keyRings).map { issuer, ring in
            CompiledIssuer(issuer, source: policy.credentialSources.firstIndex(of: issuer.credential) ?? -1, ring: ring)
        }
    }
}
