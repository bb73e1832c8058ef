internal import ArgumentParser
internal import Authorization
internal import Configuration
internal import Platform

/// `authd explain`.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say how a request would be decided, step by step.",
        discussion: """
            Example:
              authd token mint --secret-file /etc/authd/secrets/jwt --sub alice |
                authd explain --method GET --uri /hello --token-file -

            Decides with the code of the daemon and the keys that stand in the key files now, offline: keys that an \
            issuer publishes on the network are not fetched, --jwks gives them. Exits with 0 where the request would \
            be allowed and with 1 where it would not. The token is never printed.
            """
    )

    @OptionGroup var file: ConfigurationOption

    @Option(help: "The request's method.")
    var method: String

    @Option(help: "The request's target as the client sends it, such as /hello?x=1.")
    var uri: String

    @Option(help: "The request's host.")
    var host: String?

    @Option(
        help: "A file with the token, or - for standard input. Absent: the request brings none.",
        completion: .file()
    )
    var tokenFile: String?

    @Option(help: "The header or cookie that the token stands in, where issuers differ in it.")
    var tokenFrom: String?

    @Option(
        name: [.long, .customLong("at")],
        help: ArgumentHelp("The moment of the decision. (default: what the clock says)", valueName: "unix-time")
    )
    var now: Double?

    @Option(
        help: ArgumentHelp(
            """
            A file with the keys of an issuer, in place of its own source; repeat it for several. The name may be left \
            out where one issuer has remote keys.
            """,
            valueName: "issuer=file"
        ),
        completion: .file()
    )
    var jwks: [KeySetArgument] = []

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Option(help: "How to print the explanation.")
    var format = Format.text

    func validate() throws {
        guard !method.isEmpty else { throw ValidationError("--method needs a method, such as GET") }
        guard !uri.isEmpty else { throw ValidationError("--uri needs a request target, such as /hello") }
        guard now.map({ $0.isFinite }) ?? true else { throw ValidationError("--now needs seconds since 1970") }
    }

    func run() throws {
        let world = try OfflineWorld(path: file.path, keySets: jwks)
        for warning in world.warnings { Output.warning(warning) }
        let policy = world.settings.policy
        var authorizer = Authorizer(world.snapshot)
        let asked = ExplainedRequest(
            method: method,
            uri: uri,
            host: host,
            token: try tokenFile.map { path throws(CommandFailure) in try TokenInput.read(path) },
            source: try CredentialPlace.index(tokenFrom, in: authorizer.credentialSources)
        )
        let clock = Timestamp(seconds: now ?? WallTime.now().fractionalSeconds)
        let (decision, explanation) = authorizer.explain(asked.request, in: asked.bytes.span, now: clock)
        let explained = ExplainedDecision(
            policy: policy,
            decision: decision,
            steps: explanation.steps,
            identity: authorizer.identity.ranges.map { range in
                String(decoding: authorizer.identity.bytes[range], as: UTF8.self)
            },
            clock: clock,
            notes: world.notes(on: decision)
        )
        switch format {
        case .text: for line in ExplanationText.lines(explained) { try Output.line(line) }
        case .json: try Output.line(ExplanationJSON.text(explained))
        }
        guard decision.outcome == .allow else { throw ArgumentParser.ExitCode(1) }
    }
}
