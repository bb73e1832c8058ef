internal import Daemon
internal import Platform
internal import StrictJSON

/// The claims of a token that is about to be minted (RFC 7519 §4.1).
struct TokenClaims {
    private var members: [(name: String, value: JSONValue)] = []

    /// - Parameters:
    ///   - subject: `sub`; nil: none.
    ///   - lifetime: `exp` - `iat`.
    ///   - now: `iat`.
    ///   - tokenID: `jti`.
    /// - Throws: where a claim is given twice.
    init(
        _ options: MintOptions,
        subject: String?,
        lifetime: TokenLifetime,
        now: WallTime,
        tokenID: String
    ) throws(CommandFailure) {
        let given = Set(options.claims.map(\.name))
        guard given.count == options.claims.count else {
            throw CommandFailure(.usage, "--claim: the same claim stands twice")
        }
        add("iss", options.issuer)
        add("sub", subject)
        switch options.audience.count {
        case 0: break
        case 1: add("aud", options.audience[0])
        default: add("aud", JSONValue(.array(options.audience.map { JSONValue(.string($0)) })))
        }
        add("scope", options.scope)
        if let twice = members.first(where: { given.contains($0.name) })?.name {
            throw CommandFailure(.usage, "--claim \(twice)=…: there is an option for it, which is given as well")
        }
        // These have no option of their own: whoever names one means to replace it.
        if !given.contains("iat") { add("iat", JSONValue(.number("\(now.seconds)"))) }
        if !given.contains("exp") { add("exp", JSONValue(.number("\(now.seconds + lifetime.seconds)"))) }
        if !given.contains("jti") { add("jti", tokenID) }
        for claim in options.claims { add(claim.name, claim.value) }
    }

    /// The claims set as JSON.
    var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for member in members {
            writer.name(member.name)
            writer.value(member.value)
        }
        writer.endObject()
        return writer.bytes
    }

    private mutating func add(_ name: String, _ text: String?) {
        if let text { add(name, JSONValue(.string(text))) }
    }

    private mutating func add(_ name: String, _ value: JSONValue) {
        members.append((name, value))
    }
}
