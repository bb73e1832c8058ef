import TestSupport
import Testing

extension LambdaLab {
    @Suite struct HelloWorldTests {
        private static let rest = """
            {"resource":"/hello","path":"/hello","httpMethod":"GET","headers":null,"requestContext":{"stage":"prod"},\
            "body":null,"isBase64Encoded":false}
            """
        private static let http = """
            {"version":"2.0","routeKey":"GET /hello","rawPath":"/hello","headers":{"host":"h"},\
            "requestContext":{"http":{"method":"GET","path":"/hello"}},"isBase64Encoded":false}
            """

        @Test func every_event_gets_the_same_answer() throws {
            let lab = try LambdaEmulator(BuiltProducts.program("hello-world"))
            for event in [Self.rest, Self.http, "{}", "", "null", "not JSON", String(repeating: "1", count: 3_000_000)]
            {
                let answer = try lab.invoke(event)
                #expect(answer == LambdaLab.hello)
            }
        }
    }
}
