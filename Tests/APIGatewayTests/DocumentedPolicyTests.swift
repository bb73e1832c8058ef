import Foundation
import TestSupport
import Testing

/// docs/aws-policy.md shows what is written.
@Suite struct DocumentedPolicyTests {
    @Test func the_policy_in_the_document_is_the_one_that_is_returned() throws {
        let text = try String(
            contentsOf: RepositoryRoot.url.appendingPathComponent("docs/aws-policy.md"),
            encoding: .utf8
        )
        let shown = try #require(
            text.components(separatedBy: "```json\n").dropFirst().first?.components(separatedBy: "\n```").first
        )
        let world = GatewayWorld(rules: [GatewayWorld.rule("/hello/**", methods: ["GET"])])
        let event = SampleEvent.token("Bearer \(Tokens.good)", "GET/hello/a")
        #expect(try world.response(event).text.contains("\"policyDocument\":\(shown)"))
    }
}
