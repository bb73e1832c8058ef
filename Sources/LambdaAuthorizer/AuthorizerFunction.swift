internal import APIGateway
internal import LambdaRuntime

/// Answers the events of API Gateway.
struct AuthorizerFunction: InvocationHandler {
    private let world: AuthorizerWorld

    init(_ environment: Environment, _ log: LambdaLog) throws(InitFailure) {
        world = try AuthorizerWorld(environment, try AuthorizerSettings(environment), log)
    }

    mutating func handle(_ event: [UInt8], _ invocation: Invocation) throws(InvocationFailure) -> [UInt8] {
        let now = WallClock.milliseconds()
        world.refresh(now: now, invocation.log)
        var outcome = world.answer(event, now: now)
        if outcome.lacksKey, world.rereadSecret(now: now, invocation.log) {
            outcome = world.answer(event, now: now)
        }
        DecisionLine.write(outcome, invocation.log)
        switch outcome.answer {
        case .response(let bytes): return bytes
        case .unauthorized: throw .unauthorized
        case .failure:
            // Not a Deny: API Gateway would remember it.
            guard outcome.decision != nil else {
                throw InvocationFailure("Function.BadEvent", "the event is not a JSON object")
            }
            throw InvocationFailure("Function.KeysUnavailable", "there are no keys to decide with")
        }
    }
}
