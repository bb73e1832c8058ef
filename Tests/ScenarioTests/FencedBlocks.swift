import Foundation
import TestSupport

/// The fenced code blocks of a Markdown file of the repository.
enum FencedBlocks {
    /// - Parameters:
    ///   - file: from the repository's root.
    ///   - language: the word behind the fence.
    static func read(_ file: String, language: String) throws -> [String] {
        let text = try String(contentsOfFile: RepositoryRoot.path(file), encoding: .utf8)
        var blocks: [String] = []
        var block: [Substring]?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let open = block {
                if line == "```" {
                    blocks.append(open.joined(separator: "\n") + "\n")
                    block = nil
                } else {
                    block = open + [line]
                }
            } else if line == "```\(language)" {
                block = []
            }
        }
        return blocks
    }
}
