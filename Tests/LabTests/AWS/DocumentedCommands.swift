import Foundation
import TestSupport

/// The shell blocks of `docs/aws.md`, run with stand-ins that write down what they are called with.
struct DocumentedCommands {
    struct Call: Equatable {
        let program: String
        let arguments: [String]
        /// `TF_VAR_` variables, without that prefix.
        let variables: [String: String]
    }

    let text: String
    let blocks: [String]

    init() throws {
        text = try String(contentsOfFile: RepositoryRoot.path("docs/aws.md"), encoding: .utf8)
        blocks = text.components(separatedBy: "```sh\n").dropFirst().map { $0.components(separatedBy: "```\n")[0] }
    }

    /// Runs a block from a folder like the repository's root, stopping at the first command that fails.
    func run(_ block: String, environment: [String: String] = [:]) throws -> [Call] {
        let folder = try TemporaryDirectory()
        for name in ["bin", "deploy", "deploy/terraform", "deploy/sam"] { try folder.makeDirectory(name) }
        try folder.write("", to: "calls")
        for program in ["aws", "authd", "curl", "make", "sam", "terraform", "zip"] {
            try folder.write(Self.standIn, to: "bin/\(program)", mode: 0o755)
        }
        let own = ["PATH": folder.file("bin") + ":/usr/bin:/bin", "CALLS": folder.file("calls")]
        let shell = try RunningProcess.run(
            SystemTool.required("bash"),
            ["-euo", "pipefail", "-c", "cd '\(folder.path)'\n\(block)"],
            environment: own.merging(environment) { $1 }
        )
        guard shell.exitStatus == .code(0) else { throw TestSupportError("\(block)\n\(shell.allOutput)") }
        let record = try String(contentsOfFile: folder.file("calls"), encoding: .utf8)
        return record.split(separator: "\u{1}").map { Self.call($0) }
    }

    /// `authd secret generate` and `terraform output` answer what the next command needs.
    private static let standIn = """
        #!/bin/bash
        { printf '%s\\0' "${0##*/}" "$@"; env -0 | grep -z '^TF_VAR_'; printf '\\1'; } >>"$CALLS"
        case "${0##*/} $*" in
        'authd secret generate') echo generated ;;
        *output*invoke_command*) echo aws lambda invoke --function-name apigw-invoker ;;
        esac

        """

    private static func call(_ record: Substring) -> Call {
        let words = record.split(separator: "\0").map(String.init)
        var variables: [String: String] = [:]
        for word in words where word.hasPrefix("TF_VAR_") {
            let parts = word.dropFirst("TF_VAR_".count).split(separator: "=", maxSplits: 1).map(String.init)
            variables[parts[0]] = parts.count > 1 ? parts[1] : ""
        }
        let arguments = words.dropFirst().filter { !$0.hasPrefix("TF_VAR_") }
        return Call(program: words.first ?? "", arguments: Array(arguments), variables: variables)
    }
}
