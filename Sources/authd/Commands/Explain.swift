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

            Decides with the code of the daemon and the keys that stand in the key files now. Exits with 0 where the \
            request would be allowed and with 1 where it would not. The token is never printed.
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

    @Option(help: ArgumentHelp("The moment of the decision. (default: now)", valueName: "unix-time"))
    var at: Double?

    func validate() throws {
        guard !method.isEmpty else { throw ValidationError("--method needs a method, such as GET") }
        guard !uri.isEmpty else { throw ValidationError("--uri needs a request target, such as /hello") }
        guard at.map({ $0.isFinite }) ?? true else { throw ValidationError("--at needs seconds since 1970") }
    }

    func run() throws {
        let checked = try CheckedConfiguration(path: file.path)
        for warning in checked.warnings { Output.warning(warning) }
        let policy = checked.settings.policy
        let snapshot = AuthorizationSnapshot(policy: policy, keyRings: checked.keyRings, generation: 1)
        var authorizer = Authorizer(snapshot)
        let asked = ExplainedRequest(
            method: method,
            uri: uri,
            host: host,
            token: try tokenFile.map { path throws(CommandFailure) in try TokenInput.read(path) },
            source: try CredentialPlace.index(tokenFrom, in: authorizer.credentialSources)
        )
        let now = Timestamp(seconds: at ?? WallTime.now().fractionalSeconds)
        let (decision, explanation) = authorizer.explain(asked.request, in: asked.bytes.span, now: now)
        let identity = authorizer.identity.ranges.map { range in
            String(decoding: authorizer.identity.bytes[range], as: UTF8.self)
        }
        let text = ExplanationText(policy: policy, decision: decision, explanation: explanation, identity: identity)
        for line in text.lines { try Output.line(line) }
        guard decision.outcome == .allow else { throw ArgumentParser.ExitCode(1) }
    }
}
