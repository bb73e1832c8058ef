/// What the demo says when everything listens: commands that work as they stand, and what each will answer.
struct DemoText {
    let program: String
    let directory: DemoDirectory
    let addresses: DemoAddresses

    var lines: [String] {
        let url = "http://\(addresses.proxy)/hello"
        let authd = ShellWord.quoted(program)
        let secret = ShellWord.quoted(directory.secretFile)
        return [
            "",
            "Ready: http://\(addresses.proxy) lets approved requests through to the hello program.",
            "Run these in another terminal:",
            "",
            "  # no token: 401",
            "  curl -i \(url)",
            "",
            "  # a fresh token: Hello, world!",
            "  curl -H \"Authorization: Bearer $(\(authd) token mint --secret-file \(secret) --sub alice)\" \(url)",
            "",
            "  # a new secret at once, without a restart; tokens of the old one stay valid until it is retired",
            "  \(authd) secret rotate \(secret)",
            "  \(authd) secret retire \(secret)",
            "",
            "Decisions for gateways: http://\(addresses.decision)/authorize and unix:\(directory.decisionSocket)",
            "Status and metrics:     http://\(addresses.admin)/ and http://\(addresses.admin)/metrics",
            "Configuration:          \(directory.configurationFile)",
            "Ctrl-C ends everything and deletes the files.",
            "",
        ]
    }
}
