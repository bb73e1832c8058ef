/// All that is fuzzed, by the name of its corpus.
package enum FuzzTargets {
    package static let all: [(name: String, type: any FuzzTarget.Type)] = [
        ("json", JSONTarget.self),
        ("base64url", Base64URLTarget.self),
        ("token", TokenTarget.self),
        ("jwks", KeySetTarget.self),
        ("pem", PEMTarget.self),
        ("path", PathTarget.self),
        ("host", HostTarget.self),
        ("request", RequestTarget.self),
        ("response", ResponseTarget.self),
        ("chunked", ChunkedTarget.self),
        ("door", DoorTarget.self),
        ("configuration", ConfigurationTarget.self),
        ("policy", PolicyTarget.self),
        ("revocations", RevocationTarget.self),
    ]

    package static func make(_ name: String) -> (any FuzzTarget)? {
        all.first { $0.name == name }?.type.init()
    }
}
