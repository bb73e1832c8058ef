internal import ArgumentParser

/// `authd invoke`.
struct Invoke: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Call a URL with a fresh token and print the status and the body.",
        discussion: """
            Example:
              authd invoke https://api.example/hello --secret-file /etc/authd/secrets/jwt

            The token lives for 60 seconds; its subject is authd-invoke. Certificates are verified, redirects are not \
            followed. Exits with 0 where the status is 2xx, else with 1.
            """
    )

    @Argument(help: "Where to send a GET.")
    var url: String

    @OptionGroup var options: MintOptions

    func run() throws {
        let token = try FreshToken(options, subject: "authd-invoke", lifetime: .minute)
        let call = try HTTPCall(url: url, token: token.text)
        if call.isExposed { Output.warning("the token crosses the network in plain text; use https:") }
        let response = try call.run()
        try Output.line("\(response.status)")
        try Output.bytes(response.body.span)
        if response.body.last.map({ $0 != UInt8(ascii: "\n") }) ?? false { try Output.line("") }
        guard (200...299).contains(response.status) else { throw ArgumentParser.ExitCode(1) }
    }
}
