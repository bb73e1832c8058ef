import Foundation
import TestSupport
import Testing

extension LambdaLab {
    @Suite struct AuthorizerTests {
        private static let arn = "arn:aws:execute-api:ap-southeast-3:123456789012:abcdef1234/prod/GET/hello"

        private func event(_ token: String) -> String {
            "{\"type\":\"TOKEN\",\"methodArn\":\"\(Self.arn)\",\"authorizationToken\":\"Bearer \(token)\"}"
        }

        private func effect(_ answer: String) throws -> String? {
            let document = try LambdaLab.object(answer)["policyDocument"] as? [String: Any]
            return (document?["Statement"] as? [[String: Any]])?.first?["Effect"] as? String
        }

        @Test func good_tokens_are_allowed_and_others_denied() throws {
            let environment = ["JWT_SECRET": LambdaLab.secret]
            let lab = try LambdaEmulator(BuiltProducts.program("lambda-authorizer"), environment: environment)
            let good = LambdaLab.reference.token()
            let other = TokenMint(secret: "another-secret-of-the-same-length!!").token()
            for (token, expected) in [(good, "Allow"), (other, "Deny"), ("x", "Deny"), (good, "Allow")] {
                let answer = try lab.invoke(event(token))
                #expect(try effect(answer) == expected)
            }
            #expect(!lab.process.allOutput.contains(LambdaLab.secret))
            #expect(!lab.process.allOutput.contains(good))
        }

        @Test func the_error_mode_says_exactly_unauthorized() throws {
            let environment = ["JWT_SECRET": LambdaLab.secret, "UNAUTHORIZED_MODE": "error"]
            let lab = try LambdaEmulator(BuiltProducts.program("lambda-authorizer"), environment: environment)
            #expect(try lab.invoke(event("x")) == LambdaLab.unauthorized)
            #expect(try effect(lab.invoke(event(LambdaLab.reference.token()))) == "Allow")
        }
    }
}
