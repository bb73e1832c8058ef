internal import ArgumentParser
internal import Platform

/// `authd token inspect`.
struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Decode a token WITHOUT verifying it.",
        discussion: """
            Example:
              authd token mint --secret-file /etc/authd/secrets/jwt --sub alice |
                authd token inspect -

            Anybody can have written what is shown: "authd explain" verifies. The signature is never printed. A \
            token on a command line can be read by every user of the machine, so only a file or a pipe is taken.
            """
    )

    @Argument(help: "A file with the token, or - for standard input.", completion: .file())
    var file = "-"

    func validate() throws {
        guard !file.isEmpty else { throw ValidationError("give a file with the token, or - for standard input") }
        guard !Self.looksLikeToken(file) else {
            throw ValidationError(
                "that looks like a token, and other users can see a command line: pipe it into \"authd token inspect -\""
            )
        }
    }

    /// Begins as every JSON object does in base64url, and has the dots of a JWS.
    private static func looksLikeToken(_ text: String) -> Bool {
        text.hasPrefix("ey") && text.utf8.count { $0 == UInt8(ascii: ".") } >= 2 && !text.contains("/")
    }

    func run() throws {
        let bytes = try TokenInput.read(file)
        let token = try DecodedToken(bytes.span)
        try Output.line("NOT VERIFIED: anybody can have written what follows. \"authd explain\" verifies.")
        try Output.line("header:")
        for line in ReadableJSON.lines(token.header) { try Output.line("  " + line) }
        try Output.line("claims:")
        for line in ReadableJSON.lines(token.claims) { try Output.line("  " + line) }
        let times = TokenTimes.lines(token.claims, now: WallTime.now().seconds)
        if !times.isEmpty { try Output.line("times:") }
        for line in times { try Output.line(line) }
        try Output.line("signature: \(token.signatureBytes) bytes, not shown, NOT VERIFIED")
    }
}
