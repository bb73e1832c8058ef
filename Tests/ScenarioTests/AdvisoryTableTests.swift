import Testing

/// The table of advisories against the sources: nothing is left out of it and nothing in it is gone.
@Suite struct AdvisoryTableTests {
    /// Every advisory that the project has gone through, as the table spells it.
    private static let advisories = [
        "CVE-2026-76835", "CVE-2026-40575", "CVE-2026-34457", "CVE-2026-41059", "CVE-2026-40574", "CVE-2026-34454",
        "CVE-2025-64484", "CVE-2025-54576", "CVE-2021-21411", "CVE-2021-21291", "GHSA-5m6c-jp6f-2vcv",
        "GHSA-j7px-6hwj-hpjg", "GHSA-qqxw-m5fj-f7gv", "CVE-2026-33494", "CVE-2026-33495", "CVE-2026-33496",
        "CVE-2021-32701", "GHSA-qvp4-rpmr-xwrr", "GHSA-w9mr-28mw-j8hg", "CVE-2021-21378", "CVE-2023-27487",
        "CVE-2023-27488", "CVE-2023-27491", "CVE-2021-32777", "CVE-2021-32779", "CVE-2021-29492", "CVE-2019-9900",
        "CVE-2019-9901", "CVE-2020-25017", "CVE-2021-43824", "CVE-2024-45809", "CVE-2025-64527", "CVE-2022-29226",
        "CVE-2023-35941", "CVE-2024-45806", "CVE-2024-45808", "CVE-2025-64763", "CVE-2026-48743", "CVE-2026-47205",
        "CVE-2026-48042", "CVE-2026-47778", "CVE-2026-73511", "CVE-2021-31920", "CVE-2021-39155", "CVE-2021-39156",
        "CVE-2022-21679", "CVE-2020-8595", "CVE-2026-26308", "CVE-2026-31837", "CVE-2026-39350", "CVE-2026-41413",
        "GHSA-w44g-8m76-8gc5", "CVE-2026-35051", "CVE-2026-54764", "CVE-2026-39858", "CVE-2026-54763",
        "CVE-2024-45410", "CVE-2026-29054", "CVE-2021-32813", "CVE-2026-33433", "CVE-2026-26998", "CVE-2024-28869",
        "CVE-2026-71326", "CVE-2026-71324", "CVE-2026-54762", "CVE-2026-40912", "CVE-2026-48020", "CVE-2026-65600",
        "CVE-2026-67309", "CVE-2025-66490", "CVE-2025-47952", "CVE-2025-32431", "CVE-2023-47106", "CVE-2024-39321",
        "CVE-2022-23469", "CVE-2026-41181", "CVE-2026-32595", "CVE-2026-41263", "GHSA-7jmw-8259-q9jx",
        "CVE-2026-30851", "CVE-2026-52845", "CVE-2026-27586", "CVE-2026-27587", "CVE-2026-27588", "CVE-2026-30852",
        "GHSA-wwhq-w58m-w29c", "GHSA-gx7w-56w6-g48x", "CVE-2026-45692", "CVE-2024-21494", "CVE-2024-21492",
        "CVE-2024-21495", "CVE-2024-21499", "CVE-2024-21497", "CVE-2024-21498", "CVE-2024-21500", "CVE-2024-21493",
        "CVE-2023-52430", "authcrunch: text of an error made of unchecked claims",
        "authcrunch: header only where the claim is there", "CVE-2026-26205", "CVE-2025-46569", "CVE-2026-50197",
        "GHSA-8qqm-fp2q-v734", "CVE-2022-34296", "opa-envoy: `parsed_path`", "CVE-2026-42274", "CVE-2026-42272",
        "CVE-2026-42273", "CVE-2026-32811", "CVE-2026-57210", "CVE-2026-57209", "GHSA-4jgr-pg2m-m988",
        "CVE-2026-48794", "GHSA-j748-h363-wqj8", "CVE-2026-47203", "GHSA-x883-2vmg-xwf7", "CVE-2025-24806",
        "CVE-2023-33189", "CVE-2021-41230", "CVE-2022-24797", "CVE-2024-39315", "CVE-2021-29652", "CVE-2021-29651",
        "CVE-2023-25725", "CVE-2025-11230", "CVE-2021-40346", "CVE-2023-45539", "CVE-2025-48865", "CVE-2025-24514",
        "CVE-2025-24513", "CVE-2026-24513", "ingress-nginx#12876", "kubernetes#136679", "ingress-nginx#8644",
        "NGINX Plus: no key directive", "CVE-2020-26160", "CVE-2025-30204", "CVE-2024-51744", "CVE-2025-27144",
        "CVE-2026-34986", "Authlib: unknown `crit`", "CVE-2026-22817", "CVE-2026-27804", "CVE-2026-23552",
        "CVE-2026-29000", "ALBeast", "CVE-2026-74909",
    ]

    @Test func every_advisory_has_exactly_one_line() throws {
        let listed = try AdvisoryTable().rows.flatMap(\.advisories)
        #expect(listed.count == Set(listed).count)
        #expect(Set(Self.advisories).subtracting(listed) == [])
        #expect(Set(listed).subtracting(Self.advisories) == [])
        print("advisories: \(listed.count) in \(try AdvisoryTable().rows.count) lines")
    }

    @Test func every_line_has_a_test_or_says_why_none_applies() throws {
        let table = try AdvisoryTable()
        #expect(table.rows.count > 100 && table.kinds.count == 10)
        for row in table.rows + table.kinds {
            #expect(!row.tests.isEmpty || row.isNotApplicable, "\(row.advisories)")
        }
        let exempt = table.rows.count { $0.isNotApplicable }
        #expect(exempt < 20, "\(exempt) of \(table.rows.count) lines claim that they do not apply")
    }

    @Test func every_test_that_is_named_is_there() throws {
        let table = try AdvisoryTable()
        let tests = try AdvisoryTable.tests()
        let count = tests.count
        #expect(count > 500)
        for row in table.rows + table.kinds {
            for test in row.tests where !tests.contains(test) { Issue.record("\(row.advisories): no test \(test)") }
        }
    }
}
