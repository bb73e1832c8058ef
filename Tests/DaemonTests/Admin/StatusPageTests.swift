import Authorization
import JOSE
import Testing

@testable import Daemon

/// The page for people.
@Suite struct StatusPageTests {
    private func page(_ report: AdminReport) -> String { String(decoding: StatusPage.html(report), as: UTF8.self) }

    @Test func it_tells_of_issuers_decisions_and_problems() {
        let failure = KeySourceFailure(.missing, "/etc/authd/secrets/jwt", "it is gone").of("main")
        let text = page(AdminSample.report(keys: [AdminSample.status(health: .degraded, error: failure)]))
        for part in ["degraded", "main", "/etc/authd/secrets/jwt", "it is gone", "keys_unavailable", "1.2.3"] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test(arguments: ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'&amp;", "\u{0}\u{1B}[2J"])
    func every_text_is_escaped(hostile: String) throws {
        let failure = KeySourceFailure(.badName, hostile, hostile).of(hostile)
        let pattern = try #require(try? PathPattern("/x"))
        let rule = Rule(name: hostile, match: RequestMatch(path: pattern), effect: .anonymous)
        let report = AdminSample.report(
            configurationError: hostile,
            keys: [AdminSample.status(hostile, health: .degraded, error: failure)],
            rules: [rule]
        )
        let text = page(report)
        #expect(!text.contains(hostile))
        #expect(!text.contains("<script") && !text.contains("<img"))
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test func it_loads_nothing_from_elsewhere() {
        let text = page(AdminSample.report())
        for part in ["src=", "@import", "url(", "http:", "https:", "<script", "<link"] { #expect(!text.contains(part)) }
    }
}
