import FoundationEssentials

/// One case of `http-upstream-responses.json`.
struct UpstreamResponseCase: Decodable {
    enum Expectation: String, Decodable {
        case forward
        case badGateway = "502"
        case gatewayTimeout = "504"
        case abort
    }

    let id: String
    let raw: Data
    let expect: Expectation
    let why: String
    let publisherSays: String?

    private enum CodingKeys: String, CodingKey {
        case id, raw, expect, why
        case publisherSays = "upstream_says"
    }

    static func load() throws -> [UpstreamResponseCase] {
        try JSONDecoder().decode([UpstreamResponseCase].self, from: CorpusFolder.read("http-upstream-responses.json"))
    }
}
