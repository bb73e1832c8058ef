internal import Authorization
internal import Gateways
internal import HTTPWire

/// Requests at every door: whatever the head says, only what the rules let in without a token is let in.
package final class DoorTarget: FuzzTarget {
    private let used: UsedAuthorizer
    private let sources: [CredentialSource]

    package init() {
        let world = FuzzWorld()
        used = UsedAuthorizer(world)
        sources = world.authorizer().credentialSources
    }

    package func check(_ input: Span<UInt8>) throws(Violation) {
        var head = RequestHead()
        var parser = RequestHeadParser()
        guard case .complete(let length) = parser.parse(input, into: &head) else { return }
        let bytes = input.array
        try check(ProxyDialect.read(head, input, sources), bytes, length)
        guard let dialect = Dialect(head, input) else { return }
        let question =
            switch dialect {
            case .nginx: NginxDialect.read(head, input, sources)
            case .forwarded: ForwardedDialect.read(head, input, sources)
            case .envoy: EnvoyDialect.read(head, input, sources)
            }
        if case .ask(let request) = question { try check(request, bytes, length) }
    }

    private func check(_ request: AuthorizationRequest, _ bytes: [UInt8], _ length: Int) throws(Violation) {
        var places = [request.method, request.target, request.host ?? 0..<0]
        if case .token(let range, let source) = request.credential {
            places.append(range)
            try require(!range.isEmpty && sources.indices.contains(source), "a token is text from a known place")
        }
        try require(places.allSatisfy { $0.upperBound <= length }, "what is asked stands in the head")
        let decision = try used.decide(request, bytes)
        guard decision.outcome == .allow else { return }
        try require(used.path == "/health", "only what needs no token is let in without one")
        let target = bytes[request.target]
        try require(target.first == UInt8(ascii: "/"), "only a path is let in")
    }
}
