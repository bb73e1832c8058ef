import Authorization
import Configuration
import Testing

@Suite struct JSONNodeTests {
    private func node(_ json: String) throws(ConfigurationError) -> ConfigurationNode {
        try ConfigurationNode(json: Array(json.utf8).span, file: "p.json")
    }

    private func failure(_ json: String) -> ConfigurationError? {
        do throws(ConfigurationError) {
            _ = try node(json)
            return nil
        } catch {
            return error
        }
    }

    @Test func json_and_yaml_give_the_same_tree() throws {
        let text = "{ \"a\": [1, true, \"x\", null],\n  \"b\": { \"ü\": \"1\", \"c\": [] } }"
        let json = try ConfigurationNode(json: Array(text.utf8).span, file: Sample.file)
        #expect(json == (try Sample.node(text)))
    }

    @Test(arguments: [
        ("", ConfigurationError.Code.empty, 1, 1),
        (" \r\n\t", .empty, 1, 1),
        ("{\"a\": 1,\n \"b\": 2,\n \"a\": 3}", .duplicateKey, 3, 2),
        ("{\"a\": 1,\r\n x}", .syntax, 2, 2),
        ("{\"a\": 1,\r x}", .syntax, 2, 2),
        ("{\"é\": 01}", .syntax, 1, 7),
        ("{} {}", .syntax, 1, 4),
        (String(repeating: "[", count: 33), .tooDeep, 1, 33),
        ("[" + String(repeating: "1,", count: 200_000) + "1]", .tooManyNodes, 1, 400_000),
    ])
    func what_is_not_strict_json_is_refused_with_its_place(
        json: String,
        code: ConfigurationError.Code,
        line: Int,
        column: Int
    ) throws {
        let error = try #require(failure(json))
        #expect(error.code == code)
        #expect(error.place == ConfigurationPlace(file: "p.json", line: line, column: column))
    }

    @Test func a_long_line_is_placed_in_one_pass() throws {
        let count = 60_000
        let json = "{" + (0..<count).map { "\"k\($0)\":1" }.joined(separator: ",") + "}"
        guard case .mapping(let entries) = try node(json).content, let last = entries.last else {
            Issue.record("no mapping")
            return
        }
        #expect(entries.count == count)
        #expect(last.keyPlace.column == json.utf8.count - "\"k59999\":1}".utf8.count + 1)
    }

    @Test func a_daemons_configuration_may_be_json() throws {
        let json = """
            { "listeners": { "decision": [{ "unix": "/run/a.sock", "mode": "0660", "allow_peers": ["www-data", 33] }] },
              "issuers": [{ "name": "a", "audiences": ["x"], "algorithms": ["HS256"], "keys": { "file": "s" },
                            "minimum_secret_bytes": 48, "leeway": "0s" }],
              "rules": [{ "name": "r", "match": { "path": "/**" }, "require": { "claims": { "n": [3, "3", true] } } }],
              "limits": { "token_bytes": "4KiB" } }
            """
        let reading = ConfigurationReader.read(try node(json))
        #expect(reading.errors == [])
        #expect(reading.settings?.policy.maximumTokenBytes == 4096)
        #expect(reading.settings?.listeners.decision.first?.allowedPeers == [.name("www-data"), .number(33)])
    }
}
