/// Why keys could not be loaded. Names neither a secret nor any part of one.
package struct KeyError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case empty = "no key"
        case notJSON = "not JSON"
        case badStructure = "not a JWK or JWKS"
        case unsupportedKeyType = "a key type that no allowed algorithm uses"
        case unsupportedAlgorithm = "an algorithm that the issuer does not allow"
        case notForVerification = "a key that is not meant to verify"
        case badEncoding = "not base64url"
        case tooShort = "a secret that is too short"
        case tooWeak = "a secret that is too easily guessed"
        case publiclyKnown = "a published secret"
        case notASecret = "something that is not a secret"
        case privateKey = "a private key where a public one belongs"
        case contradiction = "a key that contradicts itself"
        case unsoundKey = "a public key that is weak or wrong"
        case duplicateKeyID = "a kid that stands twice"
        case tooManyKeys = "too many keys"
        case badText = "not a text of one secret a line"
        case badPEM = "not a PEM file of public keys"
        case noMemory = "no memory for a key"
    }

    package let code: Code
    /// What is wrong and what to do, without anything that was read.
    package let message: String
    /// The line of a text file, or the position in a JWKS, counted from 1; 0 where none is meant.
    package let position: Int

    package init(_ code: Code, _ message: String, position: Int = 0) {
        self.code = code
        self.message = message
        self.position = position
    }

    package var description: String { position > 0 ? "key \(position): \(message)" : message }
}
