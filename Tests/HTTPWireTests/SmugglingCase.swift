import FoundationEssentials

/// One case of `http-smuggling.json`.
struct SmugglingCase: Decodable {
    enum Expectation: String, Decodable {
        case reject
        case acceptOne = "accept-one"
        case close
    }

    let id: String
    let raw: Data
    let expect: Expectation
    let requests: Int
    let statusHint: String?
    let why: String

    private enum Key: String, CodingKey {
        case id, raw, expect, requests, why
        case statusHint = "status_hint"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        id = try container.decode(String.self, forKey: .id)
        raw = try container.decode(Data.self, forKey: .raw)
        expect = try container.decode(Expectation.self, forKey: .expect)
        requests = try container.decode(Int.self, forKey: .requests)
        why = try container.decode(String.self, forKey: .why)
        if let number = try? container.decode(Int.self, forKey: .statusHint) {
            statusHint = String(number)
        } else {
            statusHint = try? container.decode(String.self, forKey: .statusHint)
        }
    }

    static func load() throws -> [SmugglingCase] {
        try JSONDecoder().decode([SmugglingCase].self, from: CorpusFolder.read("http-smuggling.json"))
    }
}
