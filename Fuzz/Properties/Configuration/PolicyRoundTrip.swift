internal import Authorization
internal import Configuration

/// A policy that was accepted, written as JSON and read again.
enum PolicyRoundTrip {
    static func check(_ policy: Policy, realm: String) throws(Violation) {
        let json = PolicyJSON.write(policy, realm: realm)
        guard let node = try? ConfigurationNode(json: json.span, file: "policy.json") else {
            throw Violation("a policy that was written is JSON")
        }
        let reading = ConfigurationReader.readPolicy(node)
        try require(reading.errors.isEmpty, "a policy that was written is accepted")
        try require(reading.policy == policy, "a policy that was written is the same policy")
        try require(reading.realm.utf8.elementsEqual(realm.utf8), "a realm that was written is the same realm")
        try require(PolicyJSON.write(policy, realm: realm) == json, "a policy has one written form")
    }
}
