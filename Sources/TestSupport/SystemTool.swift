import Foundation

/// Programs of the machine that some scenarios need, such as nginx.
package enum SystemTool {
    /// The path of `name`, searched on `PATH` and where Debian keeps daemons; `nil` where it is not installed.
    package static func path(of name: String) -> String? {
        let search = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        for folder in search + ["/usr/sbin", "/usr/local/sbin", "/sbin", "/usr/bin"] {
            let path = folder + "/" + name
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        return nil
    }

    /// Whether a test that needs `name` should run: where it is installed, and always in continuous integration, where
    /// a missing tool has to be a failure and not a silent skip.
    package static func isExpected(_ name: String) -> Bool {
        isContinuousIntegration || path(of: name) != nil
    }

    package static var isContinuousIntegration: Bool {
        ProcessInfo.processInfo.environment["CI"] == "true"
    }

    /// The path of `name`, or an error that says how to get it.
    package static func required(_ name: String) throws -> String {
        guard let found = path(of: name) else {
            throw TestSupportError("\(name) is not installed: run scripts/bootstrap --tests")
        }
        return found
    }
}
