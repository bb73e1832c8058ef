import Foundation
import TestSupport

/// Random requests, and those of the corpora.
struct ParityRequests {
    private var random = SeededGenerator(seed: 20_261_121)
    private let mint = TokenMint(secret: DaemonConfiguration.secret)
    private let stranger = TokenMint(secret: "a-secret-that-nobody-configured-here")
    private let corpusTokens: [String]
    private let corpusPaths: [String]

    private struct TokenCase: Decodable {
        let token: String
        let header_safe: Bool?
    }

    private struct PathCase: Decodable { let raw_path: String }

    init() throws {
        guard CorpusFolder.isPresent else {
            (corpusTokens, corpusPaths) = ([], [])
            return
        }
        corpusTokens = try CorpusFolder.cases("jwt-cases.json", as: TokenCase.self)
            .filter { $0.header_safe == true && $0.token.utf8.count < 6000 }.map(\.token)
        corpusPaths = try CorpusFolder.cases("path-bypass.json", as: PathCase.self).map(\.raw_path)
            .map { String($0.prefix { $0 != "?" }) }.filter(Self.isSendable)
    }

    /// What both doors can be asked: a request line's path, and no wildcard, which a policy cannot name.
    private static func isSendable(_ path: String) -> Bool {
        path.hasPrefix("/") && path.utf8.count < 300 && !path.contains("*") && !path.contains("${")
            && path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    mutating func next() -> ParityRequest {
        let methods = ["GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]
        return ParityRequest(
            method: methods.randomElement(using: &random) ?? "GET",
            path: path(),
            authorization: authorization()
        )
    }

    private mutating func path() -> String {
        if !corpusPaths.isEmpty, Int.random(in: 0..<4, using: &random) == 0 {
            return corpusPaths.randomElement(using: &random) ?? "/"
        }
        let first = ["hello", "hello", "hello", "eng", "internal", "public", "healthz", "Hello", "x"]
        let more = ["a", "b", "..", "%2e%2e", "a%20b", "%61", "caf%C3%A9", "a;b", "", "admin", "%00", "a.", "%ff"]
        var parts = [first.randomElement(using: &random) ?? "x"]
        while parts.count < 4, Int.random(in: 0..<3, using: &random) == 0 {
            let isPlain = Bool.random(using: &random)
            parts.append((isPlain ? more.prefix(2) : more[...]).randomElement(using: &random) ?? "a")
        }
        return "/" + parts.joined(separator: "/")
    }

    private mutating func authorization() -> [String] {
        let good = mint.token(claims())
        switch Int.random(in: 0..<20, using: &random) {
        case 0: return []
        case 1: return ["Bearer \(good)", "Bearer \(mint.token())"]
        case 2: return ["Basic YTpi"]
        case 3: return ["Bearer"]
        case 4: return ["bearer   \(good)"]
        case 5: return ["Bearer \(good)x"]
        case 6: return ["Bearer \(stranger.token())"]
        case 7: return ["Bearer \(mint.sign(payload: "[]"))"]
        case 8, 9: return ["Bearer \(corpusTokens.randomElement(using: &random) ?? "a.b.c")"]
        default: return ["Bearer \(good)"]
        }
    }

    /// Changes to the usual claims, most of them none.
    private mutating func claims() -> [String: JSONValue?] {
        let now = Int(Date().timeIntervalSince1970)
        let changes: [[String: JSONValue?]] = [
            [:], [:], [:], [:], ["exp": .number(now - 100)], ["nbf": .number(now + 1000)], ["iat": .number(now + 1000)],
            ["aud": "other"], ["aud": ["x", "hello-api"]], ["iss": "https://other.example"], ["iss": nil], ["exp": nil],
            ["scope": "write"], ["scope": nil, "scp": ["hello.read"]], ["department": "eng"],
            ["department": ["ops", "x"]],
            ["sub": "al ice\r\n%é"], ["sub": 7], ["groups": ["a", "b,c", " d "]], ["groups": "one"], ["sub": nil],
            ["exp": .number(now + 1_000_000)], ["exp": "soon"], ["groups": .verbatim("{\"a\":1}")],
        ]
        return changes.randomElement(using: &random) ?? [:]
    }
}
