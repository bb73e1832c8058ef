package import Foundation

/// The folder with cases from public test suites: `AUTHD_CORPORA`, by default `../shared/corpora` beside the repository.
///
/// A suite that reads it is enabled by `.enabled(if: CorpusFolder.isPresent, CorpusFolder.absence)`, so that a checkout
/// without the cases says what was skipped and why.
package enum CorpusFolder {
    package static let url: URL = {
        if let named = ProcessInfo.processInfo.environment["AUTHD_CORPORA"] {
            return URL(fileURLWithPath: named, isDirectory: true)
        }
        return RepositoryRoot.url.appendingPathComponent("../shared/corpora").standardizedFileURL
    }()

    package static var isPresent: Bool {
        FileManager.default.fileExists(atPath: url.path)
    }

    /// What the skipped test says.
    package static let absence = "the folder of corpora is not there (set AUTHD_CORPORA)"

    package static func contents(of name: String) throws -> Data {
        try Data(contentsOf: url.appendingPathComponent(name))
    }

    /// The cases of a file that holds one JSON array.
    package static func cases<Case: Decodable>(_ name: String, as type: Case.Type = Case.self) throws -> [Case] {
        try JSONDecoder().decode([Case].self, from: contents(of: name))
    }
}
