import FoundationEssentials

/// Where the shared corpora are, and why not when they are absent.
enum CorpusFolder {
    static let path =
        ProcessInfo.processInfo.environment["AUTHD_CORPORA"] ?? "../shared/corpora"

    static func isPresent(_ file: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(path)/\(file)")
    }

    static func read(_ file: String) throws -> Data {
        try Data(contentsOf: URL(filePath: "\(path)/\(file)"))
    }
}
