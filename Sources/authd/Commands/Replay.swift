internal import ArgumentParser
internal import Authorization
internal import Configuration
internal import Daemon

/// `authd replay`.
struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say which recorded decisions a new policy would change.",
        discussion: """
            Example:
              authd replay /var/log/authd.log --config new.yaml
              journalctl -u authd -o json | authd replay - --config new.yaml

            Reads the decisions of a log ("log: { decisions: all }") as JSON, text or journal entries, passes over \
            every other line, and decides each again with the rules of the configuration: offline, without keys and \
            tokens. What a rule asks of a token is looked up in the claims that the line carries ("log: { claims: \
            [scope] }"); where it carries too little, that is said and counted as undetermined. What an issuer asks is \
            taken as recorded where the line does not carry it.

            Exits with 0 where every decision stays as it is, with 1 where one changes or cannot be told.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(help: "The log, or - for standard input.", completion: .file())
    var log: String

    @OptionGroup var file: ConfigurationOption

    @Option(help: "How to print the result.")
    var format = Format.text

    @Flag(help: "Print a line for every decision first, also for those that stay.")
    var all = false

    func validate() throws {
        guard !log.isEmpty else { throw ValidationError("give the path of a log, or - for standard input") }
    }

    func run() throws {
        let loaded = try CheckedConfiguration.load(file.path)
        for warning in loaded.warnings { Output.warning("\(warning)") }
        let report = try replay(loaded.settings.policy)
        guard report.decisions > 0 else {
            let advice = "the log must be authd's own, with \"log: { decisions: all }\""
            throw CommandFailure(.failed, "no decision in \(TokenInput.name(log)): \(advice)")
        }
        switch format {
        case .text: for line in ReplayText.lines(report) { try Output.line(line) }
        case .json: try Output.line(ReplayJSON.summary(report))
        }
        let undetermined = report.count(.undetermined)
        guard report.changed == 0, undetermined == 0, report.damaged == 0 else { throw ArgumentParser.ExitCode(1) }
    }

    private func replay(_ policy: Policy) throws(CommandFailure) -> ReplayReport {
        var replay = PolicyReplay(policy)
        var report = ReplayReport()
        var progress = ReplayProgress()
        try LogInput.forEachLine(of: log) { (line) throws(CommandFailure) in
            switch line.map({ DecisionLine($0) }) ?? .other {
            case .decision(let record):
                let (kind, example) = report.add(record, replay.replay(record), policy)
                if all { try print(kind, example) }
            case .damaged: report.pass(isDamaged: true)
            case .other: report.pass(isDamaged: false)
            }
            progress.show(lines: report.lines)
        }
        progress.end()
        return report
    }

    private func print(_ kind: ReplayReport.Kind, _ example: ReplayReport.Example) throws(CommandFailure) {
        switch format {
        case .text: try Output.line(ReplayText.line(kind, example))
        case .json: try Output.line(ReplayJSON.line(kind, example))
        }
    }
}
