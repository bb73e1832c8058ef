internal import JOSE

/// Files of private keys: what one signs, the public half that is published verifies.
enum PrivateKeyCheck {
    static func check(_ input: Span<UInt8>) throws(Violation) {
        let key: PrivateKey
        do throws(KeyError) {
            key = try PrivateKey(input)
        } catch {
            let isPrintable = error.description.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
            try require(isPrintable, "a message is one line")
            return
        }
        let message = Array("what authd says".utf8)
        guard let signature = key.sign(message.span) else { throw Violation("a key that was loaded signs") }
        let published = Array(key.publicJWK.utf8)
        let requirements = KeyRequirements(algorithms: [key.algorithm])
        guard let file = try? KeyFile(published.span, requirements: requirements), let half = file.keys.first,
            let verifier = SignatureVerifier(half, algorithm: key.algorithm)
        else { throw Violation("the public half of a key is a key") }
        try require(half.keyID == key.keyID, "the public half has the key's name")
        let holds = verifier.verify(message.span, input: 0..<message.count, signature: signature.span)
        try require(holds, "what a key signs its public half verifies")
        let other = verifier.verify(message.span, input: 1..<message.count, signature: signature.span)
        try require(!other, "a signature is over the whole message")
        try require(!key.publicJWK.contains("\"d\""), "the private part is not published")
    }
}
