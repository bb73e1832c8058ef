import Foundation
import TestSupport
import Testing

/// The three programs under AWS's emulator.
@Suite(.enabled(if: LambdaEmulator.isExpected, "aws-lambda-rie is not installed (scripts/bootstrap --tests)"))
struct LambdaLab {
    static let secret = "a-secret-of-the-emulators-own-tests"
    static let reference = TokenMint(secret: secret)
    static let hello = #"{"statusCode":200,"body":"Hello, world!"}"#
    static let unauthorized = #"{"errorMessage":"Unauthorized"}"#

    static func object(_ text: String) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
        return try #require(value as? [String: Any], "\(text)")
    }
}
