internal import Authorization
internal import Configuration
internal import YAML

/// Configuration files: every fault has a place, and what is accepted can be written down and read again.
package final class ConfigurationTarget: FuzzTarget {
    package init() {}

    package func check(_ input: Span<UInt8>) throws(Violation) {
        let bytes = input.array
        let node: ConfigurationNode
        switch YAMLReader.read(input, file: "authd.yaml") {
        case .failure(let error):
            try ErrorShape.check([error], bytes)
            return
        case .success(let tree): node = tree
        }
        let reading = ConfigurationReader.read(node)
        try ErrorShape.check(reading.errors + reading.warnings, bytes)
        try require((reading.settings == nil) == !reading.errors.isEmpty, "there are settings or errors")
        try require(ConfigurationReader.read(node) == reading, "a tree is read the same way twice")
        guard let settings = reading.settings else { return }
        try require(settings.changeNeedsRestart(from: settings).isEmpty, "nothing changes from a file to itself")
        try require(
            settings.keySources.count == settings.policy.issuers.count,
            "every issuer has a source of keys"
        )
        try PolicyRoundTrip.check(settings.policy, realm: settings.realm)
    }
}
