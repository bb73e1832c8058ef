import Platform
import TestSupport
import Testing

@testable import Daemon

/// The list of revocations and the assertion's key as the admin endpoint shows them.
@Suite struct FileStatusTests {
    private static let failure = WatchedFileFailure(.contentRefused, "/r.yaml:3:1: revoked[1]: unknown key")

    private static func report(_ failure: WatchedFileFailure?) -> AdminReport {
        AdminSample.report(
            revocations: RevocationStatus(
                place: "/r<.yaml",
                entries: 17,
                lastSuccess: WallTime(seconds: 1_000_000),
                lastError: failure,
                loaded: 3,
                failed: failure == nil ? 0 : 2
            ),
            assertion: AssertionStatus(
                place: "/a.pem",
                keyIDs: ["new", "old"],
                lastError: failure,
                loaded: 1,
                failed: failure == nil ? 0 : 4
            )
        )
    }

    private func metrics(_ report: AdminReport) -> [String] {
        String(decoding: MetricsText.render(report.metrics), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func good_files_are_counted() {
        let report = Self.report(nil)
        #expect(report.status == .ready)
        let lines = metrics(report)
        #expect(lines.contains("authd_revocations 17") && lines.contains("authd_revocations_healthy 1"))
        #expect(lines.contains(#"authd_revocation_reloads_total{result="loaded"} 3"#))
        #expect(lines.contains("authd_assertion_key_healthy 1"))
        #expect(lines.contains(#"authd_assertions_total{result="signed"} 0"#))
    }

    @Test func bad_files_are_degraded_with_their_places() {
        let report = Self.report(Self.failure)
        #expect(report.status == .degraded && report.status.code == 200)
        let text = String(decoding: ReadinessText.json(report), as: UTF8.self)
        #expect(text.contains("revocations: /r.yaml:3:1") && text.contains("assertion: /r.yaml:3:1"))
        let lines = metrics(report)
        #expect(lines.contains("authd_revocations_healthy 0") && lines.contains("authd_assertion_key_healthy 0"))
        #expect(lines.contains(#"authd_revocation_reloads_total{result="failed"} 2"#))
        #expect(lines.contains(#"authd_assertion_key_reloads_total{result="failed"} 4"#))
    }

    @Test func what_is_not_configured_is_not_shown() {
        let lines = metrics(AdminSample.report())
        #expect(!lines.contains { $0.hasPrefix("authd_revocation") || $0.hasPrefix("authd_assertion") })
        #expect(!String(decoding: StatusPage.html(AdminSample.report()), as: UTF8.self).contains("<h2>Files</h2>"))
    }

    @Test func the_page_shows_both_files_escaped() {
        let page = String(decoding: StatusPage.html(Self.report(Self.failure)), as: UTF8.self)
        #expect(page.contains("/r&lt;.yaml") && page.contains("17 revocations") && page.contains("as new"))
    }

    @Test func the_admin_endpoint_has_no_key_set_where_nothing_is_asserted() throws {
        let admin = try AdminFixture()
        let response = try RawConnection(to: admin.address)
            .exchange("GET /.well-known/authd/jwks.json HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(response.status == 404)
    }
}
