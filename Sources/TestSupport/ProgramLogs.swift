import Foundation

/// The logs of all programs that the tests start, searched for secrets and tokens as each program ends. What is found fails
/// the whole run, and the run says at its end how much was searched.
package enum ProgramLogs {
    private struct Tally {
        var programs = 0
        var bytes = 0
        var faults: [String] = []
    }

    private static let tally: Awaited<Tally> = {
        atexit { ProgramLogs.report() }
        return Awaited(Tally())
    }()

    /// Programs of which all output is log.
    private static let services: Set = [
        "hello", "hello-world", "lambda-authorizer", "apigw-invoker", "aws-lambda-rie", "aws-lambda-rie-x86_64",
        "aws-lambda-rie-arm64",
    ]

    /// Searches what is log in a program's output: a command of authd says what it was asked for on its standard output.
    static func search(_ output: ProcessOutput, of program: String, _ arguments: [String]) {
        let names = ([program] + arguments).map { String($0.split(separator: "/").last ?? "") }
        let (name, command) = (names[0], arguments.first ?? "")
        if !services.isDisjoint(with: names) || name == "authd" && command == "serve" {
            search(output.everything, of: "\(name) \(command)")
        } else if name == "authd", command != "demo" {
            search(output.standardError, of: "authd \(command)")
        }
    }

    /// - Parameter name: of the program, for the message; the log itself is not repeated.
    package static func search(_ text: String, of name: String) {
        let found = Unspeakable.count(in: text.utf8)
        tally.update { tally in
            tally.programs += 1
            tally.bytes += text.utf8.count
            if found > 0 { tally.faults.append("the log of '\(name)' holds \(found) secrets or tokens of the tests") }
        }
    }

    private static func report() {
        let tally = tally.current
        let verdict = tally.faults.isEmpty ? "none is there" : "found"
        print(
            "logs of \(tally.programs) programs, \(tally.bytes) bytes, searched for \(Unspeakable.count) pieces of secrets and "
                + "tokens: \(verdict)"
        )
        for fault in tally.faults { print("error: \(fault)") }
        fflush(nil)
        if !tally.faults.isEmpty { _exit(1) }
    }
}
