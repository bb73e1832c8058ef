import Foundation
import TestSupport

/// The built program, run to its end.
enum AuthdProgram {
    static func run(_ arguments: [String], input: String? = nil) throws -> RunningProcess {
        try RunningProcess.run(BuiltProducts.program("authd"), arguments, input: input.map { Array($0.utf8) })
    }

    /// The same through a shell, as a user types it; `$AUTHD` is the program.
    static func shell(_ command: String) throws -> RunningProcess {
        var environment = ProcessInfo.processInfo.environment
        environment["AUTHD"] = try BuiltProducts.program("authd")
        return try RunningProcess.run("/bin/sh", ["-c", command], environment: environment)
    }

    /// Mints with the key file, and gives the token.
    static func mint(_ keyFile: String, _ more: [String] = []) throws -> String {
        let minted = try run(["token", "mint", "--secret-file", keyFile] + more)
        guard minted.exitStatus == .code(0) else { throw TestSupportError(minted.allOutput) }
        return minted.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
