import Foundation
import TestSupport

/// What a snippet of the documents needs around it to be a whole configuration: the sections that it leaves out, and the
/// files that it names.
struct DocumentedFiles {
    /// The configuration's.
    let path: String
    private let directory: TemporaryDirectory

    private static let listeners = "listeners: { decision: [{ tcp: 127.0.0.1:9180 }] }\n"
    private static let issuers = """
        issuers:
          - name: login
            issuer: https://login.example
            audiences: [hello-api]
            algorithms: [HS256]
            keys: { file: /etc/authd/secrets/jwt }

        """
    private static let rules = "rules: [{ name: all, match: { path: /** }, require: {} }]\n"
    private static let revocations = "revocations: { file: /etc/authd/revoked.yaml }\n"

    init(_ snippet: String) throws {
        directory = try TemporaryDirectory()
        let isList = snippet.hasPrefix("revoked:")
        let list = isList ? snippet : "revoked: []\n"
        var text = isList ? Self.revocations : snippet
        for (key, section) in [("listeners", Self.listeners), ("issuers", Self.issuers), ("rules", Self.rules)]
        where !"\n\(text)".contains("\n\(key):") {
            text += section
        }
        try directory.makeDirectory("secrets")
        try directory.makeDirectory("keys")
        try directory.makeDirectory("keys.d")
        try directory.write("a-shared-secret-of-32-bytes-long", to: "secrets/jwt", mode: 0o600)
        try directory.write(Self.publicKey, to: "keys/partner.pem", mode: 0o600)
        try directory.write(Self.publicKey, to: "keys.d/machine-1", mode: 0o600)
        try directory.write(Self.privateKey, to: "assertion.pem", mode: 0o600)
        try directory.write("", to: "ca.pem", mode: 0o600)
        if text.contains("internal-ca.pem") {
            let authority = try CertificateAuthority()
            try directory.write(String(contentsOfFile: authority.file, encoding: .utf8), to: "internal-ca.pem")
        }
        try directory.write(list, to: "revoked.yaml", mode: 0o600)
        path = try directory.write(text.replacing("/etc/authd", with: directory.path), to: "authd.yaml")
    }

    /// The key of RFC 7515 §A.3, whose private half everybody knows.
    private static let publicKey = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7
        6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==
        -----END PUBLIC KEY-----

        """
    private static let privateKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjpsQnnGQmL+YBIff
        H1136cspYG6+0iY7X1fCE9+E9LKhRANCAAR/zc4ncPbEXUGDy+5v20t7WAczNXvp
        7xO6z248e9FURcfxRM0bvZt+hyzf7bnuufSzaV1uqQskrYpGIyiFiOWt
        -----END PRIVATE KEY-----

        """
}
