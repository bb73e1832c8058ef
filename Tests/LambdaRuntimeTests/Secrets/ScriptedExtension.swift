import LambdaRuntime

/// An extension that answers from a table, and what it was asked.
final class ScriptedExtension {
    /// By a piece of the target; a question that no entry is for has no connection.
    var answers: [(piece: String, answer: HTTPAnswer)] = []
    private(set) var asked: [String] = []

    func fetch(_ target: String) throws(HTTPFailure) -> HTTPAnswer {
        asked.append(target)
        guard let entry = answers.first(where: { target.contains($0.piece) }) else { throw .noConnection(111) }
        // A copy: who reads a secret overwrites it.
        return HTTPAnswer(status: entry.answer.status, body: entry.answer.body.map { $0 })
    }

    /// Secrets Manager with these values; nil: no such version.
    func holds(current: String, previous: String?) {
        answers = [
            ("AWSCURRENT", Self.secret(current)),
            ("AWSPREVIOUS", previous.map(Self.secret) ?? Self.notFound),
        ]
    }

    static let notFound = HTTPAnswer(status: 400, body: Array("ResourceNotFoundException: no such version".utf8))

    static func secret(_ text: String) -> HTTPAnswer {
        let value = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        return HTTPAnswer(
            status: 200,
            body: Array("{\"ARN\":\"a\",\"SecretString\":\"\(value)\",\"VersionStages\":[]}".utf8)
        )
    }

    static func parameter(_ text: String, version: Int) -> HTTPAnswer {
        HTTPAnswer(status: 200, body: Array("{\"Parameter\":{\"Value\":\"\(text)\",\"Version\":\(version)}}".utf8))
    }
}

extension SecretVersions {
    /// The texts, for comparing.
    var texts: [String] { [current.text] + (previous.map { [$0.text] } ?? []) }
}

extension SecretText {
    var text: String {
        withBytes { bytes in
            var copy: [UInt8] = []
            for index in 0..<bytes.count { copy.append(bytes[index]) }
            return String(decoding: copy, as: UTF8.self)
        }
    }
}
