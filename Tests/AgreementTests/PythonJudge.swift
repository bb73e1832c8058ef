import Foundation
import TestSupport

/// PyJWT or joserfc, in a process of its own. Both come with `scripts/bootstrap --tests`.
final class PythonJudge {
    enum Library: String, CaseIterable { case pyjwt, joserfc }

    /// What the library says of a token, and what the token's JSON is like: the letters that `judge.py` explains.
    struct Answer {
        let verdict: Verdict
        let facts: String
    }

    static let program = RepositoryRoot.path(".build-tools/venv/bin/python")

    /// Whether the libraries are there. In continuous integration they have to be.
    static let isExpected: Bool = {
        if SystemTool.isContinuousIntegration { return true }
        let check = try? RunningProcess.run(program, ["-c", "import jwt, joserfc"])
        return check?.exitStatus == .code(0)
    }()

    private let process: RunningProcess
    private let verdicts: String

    init(_ library: Library, in directory: TemporaryDirectory) throws {
        verdicts = directory.file("verdicts-\(library)")
        process = try RunningProcess(
            Self.program,
            [
                RepositoryRoot.path("Tests/AgreementTests/Python/judge.py"), library.rawValue, directory.file("world"),
                directory.file("cases"), verdicts,
            ]
        )
    }

    /// Waits for the verdicts on all cases.
    func answers() throws -> [Answer] {
        let status = try process.waitForExit(before: .seconds(900))
        guard status == .code(0) else { throw TestSupportError(process.allOutput) }
        return try String(contentsOfFile: verdicts, encoding: .utf8).split(separator: "\n").map { line in
            let verdict: Verdict =
                switch line.first {
                case "a": .allow
                case "u": .unable
                default: .deny
                }
            return Answer(verdict: verdict, facts: String(line.dropFirst(2)))
        }
    }
}
