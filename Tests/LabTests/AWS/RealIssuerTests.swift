import Foundation
import TestSupport
import Testing

extension AWSLabs {
    /// `docs/aws.md`, "From the demo's invoker to a real issuer": its configuration, in the authorizer that is shipped.
    @Suite(
        .enabled(
            if: LambdaEmulator.isExpected && LambdaPackages.areExpected,
            "aws-lambda-rie (scripts/bootstrap --tests) or the zips (make lambda) are not there"
        )
    )
    struct RealIssuerTests {
        private let folder: TemporaryDirectory
        private let openssl: String

        init() throws {
            folder = try TemporaryDirectory()
            openssl = try SystemTool.required("openssl")
            try folder.makeDirectory("keys")
            try run(["genrsa", "-out", folder.file("private.pem"), "2048"])
            try run(["rsa", "-in", folder.file("private.pem"), "-pubout", "-out", folder.file("keys/login.pem")])
        }

        @discardableResult
        private func run(_ arguments: [String], input: [UInt8]? = nil) throws -> String {
            let process = try RunningProcess.run(openssl, arguments, input: input)
            try #require(process.exitStatus == .code(0), "\(process.allOutput)")
            return process.standardOutput
        }

        private func token(_ changes: [String: JSONValue]) throws -> String {
            let now = Int(Date().timeIntervalSince1970)
            var claims: [String: JSONValue] = [
                "iss": "https://login.example", "aud": "hello-api", "sub": "alice", "scope": "hello.read",
                "iat": .number(now), "exp": .number(now + 600),
            ]
            for (name, value) in changes { claims[name] = value }
            let header = TokenMint.base64url(Array(#"{"alg":"RS256","typ":"JWT"}"#.utf8))
            let input = header + "." + TokenMint.base64url(Array(JSONValue.object(claims).text.utf8))
            let key = folder.file("private.pem")
            let text = try run(["dgst", "-sha256", "-hex", "-sign", key], input: Array(input.utf8))
            let digits = Array(text.components(separatedBy: "= ").last?.filter(\.isHexDigit) ?? "")
            let signature = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
                UInt8(String(digits[$0...$0 + 1]), radix: 16)
            }
            return input + "." + TokenMint.base64url(signature)
        }

        private func answer(_ emulator: LambdaEmulator, _ token: String) throws -> JSONTree {
            let event = JSONValue.object([
                "type": "TOKEN",
                "methodArn": "arn:aws:execute-api:ap-southeast-3:123456789012:abcdef1234/prod/GET/hello",
                "authorizationToken": .string("Bearer \(token)"),
            ])
            return try JSONTree(emulator.invoke(event.text))
        }

        @Test func tokens_of_the_issuer_are_let_in_and_the_demos_are_not() throws {
            let text = try DocumentedCommands().text
            let block = try #require(text.components(separatedBy: "```yaml\n").dropFirst().first)
            try folder.write(block.components(separatedBy: "```\n")[0], to: "authd.yaml")
            let check = try RunningProcess.run(
                BuiltProducts.program("authd"),
                ["check", "--config", folder.file("authd.yaml"), "--format", "json"]
            )
            try #require(check.exitStatus == .code(0), "\(check.allOutput)")
            try folder.write(check.standardOutput, to: "policy.json")
            let emulator = try LambdaEmulator(
                LambdaPackages.program("lambda-authorizer"),
                environment: ["LAMBDA_TASK_ROOT": folder.path, "AUTHD_POLICY": "policy.json", "JWT_SECRET": "mysecret"]
            )
            let good = try answer(emulator, token([:]))
            #expect(good["policyDocument"]["Statement"][0]["Effect"] == "Allow", "\(good)")
            #expect(good["principalId"] == "alice")
            let narrow = try answer(emulator, token(["scope": "other"]))
            #expect(narrow["policyDocument"]["Statement"][0]["Effect"] == "Deny")
            #expect(narrow["context"]["reason"] == "scope_insufficient")
            let demo = try answer(emulator, TokenMint(secret: "mysecret").token(["iss": "https://login.example"]))
            #expect(demo["policyDocument"]["Statement"][0]["Effect"] == "Deny")
            #expect(demo["context"]["reason"] == "algorithm_not_allowed")
        }
    }
}
