import Configuration
import Foundation
import YAML

/// Configurations that tests start from.
enum Sample {
    static let file = "authd.yaml"

    /// Every key that the project's users rely on, as the manual shows them.
    static let complete = """
        listeners:
          decision:
            - unix: /run/authd/decision.sock    # or tcp: 127.0.0.1:9180, or systemd: NAME (socket activation)
              mode: "0660"
              allow_peers: [www-data, 0]        # users or uids by SO_PEERCRED; absent = whoever can open the socket
          proxy:                                # authorizes and forwards; unix: and systemd: here too
            - tcp: 127.0.0.1:8080
              tls: { certificate: F, key: F }   # optional, reloaded when the files change
          admin:
            - tcp: 127.0.0.1:9181
        allow_remote: false                     # a decision, admin or plain-text proxy listener off loopback needs true
        issuers:
          - name: invoker
            issuer: https://issuer.example      # absent: tokens need no iss
            audiences: [hello-api]              # any of; absent: aud not checked
            algorithms: [HS256]                 # required; none does not exist
            keys: { file: /etc/authd/secrets/jwt, overlap: 5m }   # or directory: D, or jwks_url: https://…
            leeway: 30s                         # exp, nbf, iat; 0s means 0
            max_lifetime: 24h                   # exp - iat
            require: [exp]                      # the default
            minimum_secret_bytes: 32            # a shorter HMAC secret is refused at load
            token_from: { header: Authorization }   # or cookie: NAME
        rules:                                  # most specific wins
          - name: health
            match: { path: /healthz, methods: [GET] }
            allow: anonymous
          - name: hello
            match: { host: api.example, path: /hello/**, methods: [GET, HEAD] }
            require: { issuer: invoker, scopes: [hello.read], claims: { department: [eng, ops] } }
            upstream: hello
            mode: enforce                       # or shadow
          - name: closed
            match: { path: /internal/** }
            deny: true
        identity_headers: { X-Auth-Request-User: sub, X-Auth-Request-Groups: groups }
        upstreams:
          hello: { url: "http://127.0.0.1:9090" }   # or unix:/run/hello.sock, or https:// with verification
        revocations: { file: /etc/authd/revoked.yaml }   # watched
        limits: { token_bytes: 8192, head_bytes: 16384, connections: 10000 }
        log: { format: auto, decisions: denied }    # auto: journal under systemd, text on a terminal, else JSON

        """

    /// The least that is whole and gives no warning. Errors in tests are found by its line numbers.
    static let small = """
        listeners:
          decision:
            - tcp: 127.0.0.1:9180
        issuers:
          - name: main
            issuer: https://issuer.example
            audiences: [api]
            algorithms: [HS256]
            keys: { file: secret }
        rules:
          - name: hello
            match: { path: /hello/** }
            require: { issuer: main }

        """

    /// `small` with one text replaced. A text that is not there gives a file that no test accepts.
    static func small(_ old: String, _ new: String) -> String {
        let parts = small.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? parts.joined(separator: new) : "the text to replace is not in the sample"
    }

    /// `small` with public keys from elsewhere; the source begins at 9:13.
    static func keys(_ keys: String, adding lines: String = "") -> String {
        small("keys: { file: secret }", "keys: \(keys)").replacing("[HS256]", with: "[RS256]") + lines
    }

    /// `small` with lines after it.
    static func small(adding lines: String) -> String { small + lines + "\n" }

    static func node(_ yaml: String, file: String = file) throws -> ConfigurationNode {
        try YAMLReader.read(Array(yaml.utf8).span, file: file).get()
    }

    /// All messages of a file, whichever step they come from.
    static func errors(_ yaml: String) -> [String] {
        switch YAMLReader.read(Array(yaml.utf8).span, file: file) {
        case .success(let node): ConfigurationReader.read(node).errors.map(\.description)
        case .failure(let error): [error.description]
        }
    }

    static func warnings(_ yaml: String) throws -> [String] {
        ConfigurationReader.read(try node(yaml)).warnings.map(\.description)
    }

    /// The settings of a file that is right.
    static func settings(_ yaml: String, file: String = file) throws -> Settings {
        let reading = ConfigurationReader.read(try node(yaml, file: file))
        guard let settings = reading.settings else { throw Unreadable(errors: reading.errors) }
        return settings
    }

    struct Unreadable: Error, CustomStringConvertible {
        let errors: [ConfigurationError]
        var description: String { errors.map(\.description).joined(separator: "\n") }
    }
}
