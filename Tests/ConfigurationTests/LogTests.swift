import Authorization
import Configuration
import Testing

@Suite struct LogTests {
    @Test func claims_of_verified_tokens_can_be_logged() throws {
        let log = try Sample.settings(Sample.small(adding: "log: { claims: [sub, scope, /realm_access/roles] }")).log
        #expect(log.claims.map(\.names) == [["sub"], ["scope"], ["realm_access", "roles"]])
        #expect(try Sample.settings(Sample.small).log.claims == [])
    }

    @Test(arguments: [
        Slip(adding: "log: { claims: [] }", "14:16: log.claims", "must not be empty; or remove the key"),
        Slip(adding: "log: { claims: sub }", "14:16: log.claims", "must be a list; one value is a list too: [value]"),
        Slip(adding: "log: { claims: [sub, sub] }", "14:22: log.claims[1]", "stands twice; first at log.claims[0]"),
        Slip(
            adding: "log: { claims: [/a~3] }",
            "14:17: log.claims[0]",
            "not a JSON Pointer (RFC 6901); such as /realm_access/roles"
        ),
        Slip(
            adding: "log: { claims: [sub], decisions: none }",
            "14:8: log.claims",
            "has no effect: no decisions are logged; set decisions to all or denied"
        ),
        Slip(
            adding: "log: { claims: [\((0..<33).map { "c\($0)" }.joined(separator: ", "))] }",
            "14:16: log.claims",
            "more than 32 claims"
        ),
    ])
    func claims_that_cannot_be_logged_are_refused(_ slip: Slip) {
        #expect(Sample.errors(slip.yaml) == [slip.message])
    }
}
