import Foundation
import TestSupport

/// `docs/advisories.md` as rows, and the tests of the project as the table names them.
struct AdvisoryTable {
    struct Row {
        let advisories: [String]
        /// `Target.Suite/test`
        let tests: [String]
        let isNotApplicable: Bool
    }

    /// The lines about advisories.
    let rows: [Row]
    /// The lines about kinds of attack.
    let kinds: [Row]

    init() throws {
        let text = try String(contentsOfFile: RepositoryRoot.path("docs/advisories.md"), encoding: .utf8)
        let halves = text.components(separatedBy: "\n## What they have in common\n")
        rows = halves.first.map { Self.rows($0, cells: 3) } ?? []
        kinds = halves.count == 2 ? Self.rows(halves[1], cells: 2) : []
    }

    private static func rows(_ text: String, cells count: Int) -> [Row] {
        text.components(separatedBy: "\n").compactMap { line in
            guard line.hasPrefix("| "), !line.hasPrefix("| ---"), !line.hasPrefix("| advisory |"),
                !line.hasPrefix("| kind |")
            else { return nil }
            let cells = line.dropFirst(2).dropLast(2).components(separatedBy: " | ")
            // A row of another shape has no tests, which no check accepts.
            let last = cells.count == count ? cells[count - 1] : ""
            return Row(
                advisories: cells[0].components(separatedBy: ", "),
                tests: last.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element),
                isNotApplicable: last.hasPrefix("not applicable: ") && last.count > 40
            )
        }
    }

    /// Every test in the sources, found by reading them: each function that `@Test` stands before, under each type that its
    /// file declares.
    static func tests() throws -> Set<String> {
        let folder = RepositoryRoot.url.appendingPathComponent("Tests")
        var found: Set<String> = []
        for target in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let files = FileManager.default.enumerator(atPath: folder.appendingPathComponent(target).path)
            while let file = files?.nextObject() as? String {
                guard file.hasSuffix("Tests.swift") else { continue }
                let path = folder.appendingPathComponent(target).appendingPathComponent(file).path
                let text = try String(contentsOfFile: path, encoding: .utf8)
                let suites = text.matches(of: #/\b(?:struct|enum|class) (\w+Tests)\b/#).map { String($0.1) }
                let names = text.split(separator: "@Test").dropFirst()
                    .compactMap { $0.firstMatch(of: #/\bfunc `?(\w+)`?\(/#).map { String($0.1) } }
                for suite in suites { found.formUnion(names.map { "\(target).\(suite)/\($0)" }) }
            }
        }
        return found
    }
}
