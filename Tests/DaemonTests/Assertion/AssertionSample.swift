import Authorization
import Configuration
import Crypto
import Foundation
import JOSE
import Platform
import TestSupport
import Testing

@testable import Daemon

/// Keys, plans and checks of assertions; swift-crypto makes the keys and checks the signatures.
enum AssertionSample {
    static func pem() -> String { P256.Signing.PrivateKey().pemRepresentation + "\n" }

    static func key(_ pem: String = pem()) throws -> PrivateKey { try PrivateKey(Array(pem.utf8).span) }

    static func settings(
        _ file: String = "/etc/authd/assertion.pem",
        header: String = AssertionSettings.defaultHeader,
        audience: String? = nil
    ) -> AssertionSettings {
        let place = ConfigurationPlace(file: "authd.yaml", line: 1, column: 1)
        var settings = AssertionSettings(
            keyFile: file,
            origin: ConfigurationOrigin(place: place, path: ConfigurationPath())
        )
        settings.header = header
        settings.audience = audience
        return settings
    }

    static func plan(_ settings: AssertionSettings = settings(), key: PrivateKey? = nil) throws -> AssertionPlan {
        AssertionPlan(settings, AssertionKeys(try key ?? self.key()))
    }

    /// The claims of an assertion whose signature holds under a key of the set.
    static func verified(_ text: String, keySet: [UInt8]) throws -> [String: Any] {
        let token = try SignedToken(text)
        let key = try token.key(in: keySet)
        #expect(token.header["typ"] as? String == "authd+jwt")
        #expect(key["d"] == nil && key["use"] as? String == "sig")
        #expect(key["alg"] as? String == token.header["alg"] as? String)
        switch key["crv"] as? String {
        case "P-256":
            let point = try [0x04] + SignedToken.bytes("x", of: key) + SignedToken.bytes("y", of: key)
            let signature = try P256.Signing.ECDSASignature(rawRepresentation: token.signature)
            #expect(try P256.Signing.PublicKey(x963Representation: point).isValidSignature(signature, for: token.input))
        case "Ed25519":
            let point = try SignedToken.bytes("x", of: key)
            let publicKey = try Curve25519.Signing.PublicKey(rawRepresentation: point)
            #expect(publicKey.isValidSignature(token.signature, for: token.input))
        default: Issue.record("another curve: \(key)")
        }
        return token.claims
    }
}
