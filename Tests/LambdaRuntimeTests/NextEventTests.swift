import Testing

@testable import LambdaRuntime

@Suite struct NextEventTests {
    private func parsed(_ fields: [(String, String)]) -> NextEvent? {
        let id = [("lambda-runtime-aws-request-id", "a-1")]
        return NextEvent(HTTPAnswer(status: 200, fields: (id + fields).map { HTTPField($0.0, $0.1) }))
    }

    @Test func the_header_says_what_the_handler_knows() throws {
        let event = try #require(
            parsed([
                ("lambda-runtime-deadline-ms", "1542409706888"),
                ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:eu-west-1:1:function:f"),
                ("lambda-runtime-trace-id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1"),
            ])
        )
        let invocation = event.invocation(log: LambdaLog())
        #expect(invocation.requestID == "a-1")
        #expect(invocation.deadline == 1_542_409_706_888)
        #expect(invocation.functionARN == "arn:aws:lambda:eu-west-1:1:function:f")
        #expect(invocation.traceID == "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1")
        #expect(invocation.log.requestID == "a-1")
    }

    @Test func what_is_missing_or_no_number_is_left_out() throws {
        for deadline in ["", "soon", "1e3", "99999999999999999999"] {
            let event = try #require(
                parsed([("lambda-runtime-deadline-ms", deadline), ("lambda-runtime-trace-id", "")])
            )
            #expect(event.deadline == nil)
            #expect(event.traceID == nil)
            #expect(event.functionARN.isEmpty)
        }
    }

    @Test func the_time_left_is_never_negative() {
        #expect(Invocation(requestID: "a", deadline: 1000).remainingMilliseconds(now: 400) == 600)
        #expect(Invocation(requestID: "a", deadline: 1000).remainingMilliseconds(now: 2000) == 0)
        #expect(Invocation(requestID: "a", deadline: .min).remainingMilliseconds(now: 1) == 0)
        #expect(Invocation(requestID: "a").remainingMilliseconds(now: 1) == nil)
    }
}
