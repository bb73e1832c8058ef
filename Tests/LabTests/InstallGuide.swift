import Foundation
import TestSupport

/// The code blocks of `docs/install.md`, which the labs run as they stand.
enum InstallGuide {
    /// The block that contains `text`.
    static func block(_ language: String, containing text: String) throws -> String {
        let guide = try String(contentsOfFile: RepositoryRoot.path("docs/install.md"), encoding: .utf8)
        let blocks = guide.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
        guard let found = blocks.first(where: { $0.contains(text) }) else {
            throw TestSupportError("docs/install.md has no \(language) with '\(text)'")
        }
        return found + "\n"
    }
}
