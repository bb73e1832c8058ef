import Authorization
import Foundation
import TestSupport
import Testing

@testable import Daemon

/// Every case of `path-bypass.json` through a real proxy: no spelling opens a guarded path, and what passes, passes byte
/// for byte.
@Suite(.enabled(if: CorpusFolder.isPresent, "\(CorpusFolder.absence)"))
struct PathBypassProxyCorpusTests {
    struct Case: Decodable {
        let id: String
        let path: String
        let mode: String
        let protected: String?
        let open: String?
        let expect: String
        let why: String

        enum CodingKeys: String, CodingKey {
            case id, mode, expect, why
            case path = "raw_path"
            case protected = "protected_prefix"
            case open = "public_prefix"
        }
    }

    @Test func no_spelling_opens_a_guarded_path() throws {
        let upstream = try RecordingUpstream()
        var proxies: [String: ProxyFixture] = [:]
        var counts: [String: Int] = [:]
        for entry in try CorpusFolder.cases("path-bypass.json", as: Case.self) {
            let prefix = (entry.protected ?? entry.open ?? "/").trimmingCharacters(in: CharacterSet(charactersIn: "/"))
            let key = entry.mode + prefix
            let guarded = try entry.mode == "protect" ? ProxyFixture.closed("/\(prefix)/**") : ProxyFixture.closed()
            let open = try entry.mode == "protect" ? ProxyFixture.open() : ProxyFixture.open("/\(prefix)/**")
            let proxy = try proxies[key] ?? ProxyFixture(upstream: upstream.address, rules: [guarded, open])
            proxies[key] = proxy
            upstream.forget()
            let client = try proxy.connect()
            try client.send("GET \(entry.path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let status = try client.readResponse().status
            switch entry.expect {
            case "deny": #expect((400..<500).contains(status) && upstream.requests.isEmpty, "\(entry.id) \(status)")
            case "reject": #expect(status == 400 && upstream.requests.isEmpty, "\(entry.id) \(entry.path) \(status)")
            default:
                #expect(status == 200 || (400..<500).contains(status), "\(entry.id)")
                if status == 200 { #expect(upstream.requests.map(\.target) == [entry.path], "\(entry.id)") }
            }
            counts["\(entry.expect): \(status)", default: 0] += 1
        }
        print("path-bypass through the proxy: \(counts.values.reduce(0, +)) cases, \(counts)")
        #expect(counts.values.reduce(0, +) > 400)
    }
}
