package import Foundation

/// The folder that holds `Package.swift`, found from the place of this file when it was compiled.
package enum RepositoryRoot {
    package static let url: URL = {
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while folder.path != "/" {
            let manifest = folder.appendingPathComponent("Package.swift").path
            if FileManager.default.fileExists(atPath: manifest) { return folder }
            folder = folder.deletingLastPathComponent()
        }
        return URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    }()

    /// The path of a file of the repository, for example `deploy/nginx/authd.conf`.
    package static func path(_ relative: String) -> String {
        url.appendingPathComponent(relative).path
    }
}
