import Foundation
import TestSupport

/// The files of the public JSON test suite: `y_` must be accepted, `n_` refused, `i_` either.
enum JSONTestSuite {
    struct File {
        let name: String
        let bytes: [UInt8]
    }

    static let isPresent = FileManager.default.fileExists(atPath: folder("test_parsing").path)
    static let absence = "the JSON test suite is not there: " + CorpusFolder.absence

    static func files(_ name: String) throws -> [File] {
        let folder = folder(name)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".json") }
            .sorted()
            .map { File(name: $0, bytes: Array(try Data(contentsOf: folder.appendingPathComponent($0)))) }
    }

    private static func folder(_ name: String) -> URL {
        CorpusFolder.url.appendingPathComponent("json-test-suite").appendingPathComponent(name)
    }
}
