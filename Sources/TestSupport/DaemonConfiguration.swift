/// The configuration of a daemon under test, as YAML. Every part is text that a scenario may replace; the defaults make
/// one issuer, rules that meet each outcome, and one upstream.
package struct DaemonConfiguration: Sendable {
    package static let issuer = "https://issuer.example"
    package static let audience = "hello-api"
    /// 32 bytes, as HS256 needs at least; in no list of published secrets.
    package static let secret = "Zq7-mWc2Rk9_pLx4Hv0sTd8uYb3nGf6j"

    /// Lines of the issuer beside `keys`, each with four blanks in front.
    package var issuer = """
            issuer: \(Self.issuer)
            audiences: [\(Self.audience)]
            algorithms: [HS256]
            leeway: 0s
        """
    /// Text of the key file; one secret a line.
    package var secrets = Self.secret + "\n"
    /// Further members of `keys`, such as `overlap: 2s`.
    package var keyOptions = ""
    /// The whole value of `keys`; nil: the key file.
    package var keys: String?
    package var rules = """
          - name: health
            match: { path: /healthz, methods: [GET] }
            allow: anonymous
          - name: hello
            match: { path: /hello/**, methods: [GET, HEAD, POST, PUT] }
            require: { issuer: main, scopes: [hello.read] }
            upstream: hello
          - name: eng
            match: { path: /eng/** }
            require: { issuer: main, claims: { department: [eng, ops] } }
            upstream: hello
          - name: closed
            match: { path: /internal/** }
            deny: true
          - name: open
            match: { path: /public/** }
            allow: anonymous
            upstream: hello
        """
    package var identityHeaders = "{ X-Auth-Request-User: sub, X-Auth-Request-Groups: groups }"
    /// Where `hello` is; `nil` leaves the section away, and with it the proxy listener.
    package var upstream: SocketAddress?
    /// The value of the proxy listener's `tls`; nil: plain.
    package var tls: String?
    /// The whole value of the upstream; nil: `upstream` in plain text.
    package var upstreamValue: String?
    /// Top-level lines that are added as they stand.
    package var extra = ""
    package var eventLoops = 2
    package var decisions = "denied"
    package var logFormat = "json"
    /// Text of the list `log.claims`; empty leaves the key away.
    package var loggedClaims = ""

    package init(upstream: SocketAddress? = nil) {
        self.upstream = upstream
    }

    /// The rules without those parts that need an upstream.
    private var rulesText: String {
        upstream == nil
            ? rules.split(separator: "\n").filter { !$0.contains("upstream:") }.joined(separator: "\n") : rules
    }

    /// The whole file.
    package func yaml(
        decisionSocket: String,
        decisionPort: Int,
        adminPort: Int,
        proxyPort: Int,
        keyFile: String
    ) -> String {
        var text = """
            event_loops: \(eventLoops)
            listeners:
              decision:
                - unix: \(decisionSocket)
                  mode: "0660"
                - tcp: 127.0.0.1:\(decisionPort)
              admin:
                - tcp: 127.0.0.1:\(adminPort)

            """
        if upstream != nil { text += "  proxy:\n    - tcp: 127.0.0.1:\(proxyPort)\n" }
        if let tls { text += "      tls: \(tls)\n" }
        text += """
            issuers:
              - name: main
            \(issuer)
                keys: \(keys ?? "{ file: \(keyFile)\(keyOptions.isEmpty ? "" : ", " + keyOptions) }")
            rules:
            \(rulesText)
            identity_headers: \(identityHeaders)
            log: { format: \(logFormat), decisions: \(decisions)\(loggedClaims.isEmpty ? "" : ", claims: [\(loggedClaims)]") }

            """
        switch upstream {
        case .some where upstreamValue != nil: text += "upstreams:\n  hello: \(upstreamValue ?? "")\n"
        case .tcp(let port): text += "upstreams:\n  hello: { url: \"http://127.0.0.1:\(port)\" }\n"
        case .unix(let path): text += "upstreams:\n  hello: { url: \"unix:\(path)\" }\n"
        case nil: break
        }
        return text + (extra.isEmpty ? "" : extra + "\n")
    }
}
