/// A text of one secret a line. The secret is the line's bytes as they stand, without its LF or CRLF and nothing else
/// trimmed or decoded; a blank, a control character or a byte order mark is refused rather than guessed about.
struct SecretLinesReader: KeyReader {
    let requirements: KeyRequirements
    private(set) var found = FoundKeys()

    init(requirements: KeyRequirements) { self.requirements = requirements }

    mutating func read(_ bytes: Span<UInt8>) throws(KeyError) {
        var start = 0
        var line = 0
        while start < bytes.count {
            line += 1
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            let next = end + 1
            // CRLF is a line end; a CR alone is not.
            if end < bytes.count, end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            try readLine(bytes.extracting(start..<end), number: line)
            start = next
        }
    }

    private mutating func readLine(_ line: Span<UInt8>, number: Int) throws(KeyError) {
        guard line.count > 0 else {
            throw KeyError(.badText, "the line is empty; remove it", position: number)
        }
        try SecretStrength.refuseOtherMaterial(line, position: number)
        for index in 0..<line.count {
            let byte = line[index]
            guard byte > 0x20, byte != 0x7F else {
                throw KeyError(
                    .badText,
                    "a blank or control character; a binary secret goes into a JWK as base64url",
                    position: number
                )
            }
        }
        found.warn(try SecretStrength.check(line, requirements, position: number))
        guard let secret = SecretKeyBytes(copying: line) else {
            throw KeyError(.noMemory, "no memory", position: number)
        }
        let algorithms = Set(requirements.algorithms.filter(\.isSymmetric))
        // The same secret twice is one key.
        found.add(VerificationKey(keyID: nil, algorithms: algorithms, material: .secret(secret)))
    }
}
