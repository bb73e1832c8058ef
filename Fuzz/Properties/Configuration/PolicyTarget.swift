internal import Configuration

/// Policies as JSON, as `authd check --format json` writes them.
package final class PolicyTarget: FuzzTarget {
    package init() {}

    package func check(_ input: Span<UInt8>) throws(Violation) {
        let bytes = input.array
        let node: ConfigurationNode
        do throws(ConfigurationError) {
            node = try ConfigurationNode(json: input, file: "policy.json")
        } catch {
            try ErrorShape.check([error], bytes)
            return
        }
        let reading = ConfigurationReader.readPolicy(node)
        try ErrorShape.check(reading.errors + reading.warnings, bytes)
        try require((reading.policy == nil) == !reading.errors.isEmpty, "there is a policy or errors")
        if let policy = reading.policy { try PolicyRoundTrip.check(policy, realm: reading.realm) }
    }
}
