import Foundation
import TestSupport

/// A `lambda-authorizer` of its own for one test, and what it answers.
final class AuthorizerProcess {
    let runtime: FakeRuntimeAPI
    let process: RunningProcess

    /// - Parameter environment: besides the Runtime API's address.
    init(_ environment: [String: String]) throws {
        runtime = try FakeRuntimeAPI()
        var all = environment
        all["AWS_LAMBDA_RUNTIME_API"] = runtime.address
        process = try RunningProcess(BuiltProducts.program("lambda-authorizer"), environment: all)
    }

    deinit {
        runtime.stop()
        process.send(signal: 9)
    }

    /// The function's word on an event: a policy, or the text of its error.
    func answer(_ event: String) throws -> AuthorizerAnswer {
        try AuthorizerAnswer(runtime.invoke(event))
    }

    /// A TOKEN event's answer.
    func answer(token: String?, rest: String = "GET/hello") throws -> AuthorizerAnswer {
        let value = token.map { "\"authorizationToken\":\"Bearer \($0)\"," } ?? ""
        let arn = "arn:aws:execute-api:eu-west-1:123456789012:abc/prod/\(rest)"
        return try answer("{\"type\":\"TOKEN\",\(value)\"methodArn\":\"\(arn)\"}")
    }
}

/// What an authorizer said.
struct AuthorizerAnswer {
    /// `Allow`, `Deny`, or nil for an error.
    let effect: String?
    let errorMessage: String?
    let principal: String?
    let context: [String: String]

    init(_ answer: FakeRuntimeAPI.Answer) throws {
        guard let json = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any] else {
            throw TestSupportError("no object: \(answer.body)")
        }
        errorMessage = json["errorMessage"] as? String
        guard (errorMessage != nil) == answer.isError else { throw TestSupportError("neither: \(answer.body)") }
        let document = json["policyDocument"] as? [String: Any]
        let statements = document?["Statement"] as? [[String: Any]]
        effect = statements?.first?["Effect"] as? String
        principal = json["principalId"] as? String
        context = json["context"] as? [String: String] ?? [:]
    }

    var reason: String? { context["reason"] }
}
