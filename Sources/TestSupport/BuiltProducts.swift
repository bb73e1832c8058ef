package import Foundation
import Glibc

/// Where `swift build` put the programs that the scenarios run.
package enum BuiltProducts {
    /// The folder of the running test bundle: SwiftPM puts the programs of the same configuration beside it.
    /// `AUTHD_PRODUCTS` names another one, for example that of a release build.
    package static var folder: URL {
        if let named = ProcessInfo.processInfo.environment["AUTHD_PRODUCTS"] {
            return URL(fileURLWithPath: named, isDirectory: true)
        }
        return URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    }

    /// The path of the program `name`, which must be there: a scenario without its program is a failure, not a skip.
    package static func program(_ name: String) throws -> String {
        let path = folder.appendingPathComponent(name).path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw TestSupportError("\(path) is not there: run `swift build --build-tests` first")
        }
        return path
    }
}
