import Foundation
import TestSupport

/// What `deploy/sam` served while SAM's local API Gateway ran, with the zips in containers. It happens once, and all
/// tests look at what was recorded.
struct SAMLife: Sendable {
    struct Answer: Sendable {
        let status: Int
        let body: String
    }

    /// What the API answered, by the kind of credential.
    private(set) var answers: [Credential: Answer] = [:]
    /// What the invoker returned, run under AWS's emulator: with the API's secret, with another one, with an old token.
    private(set) var invoked = ""
    private(set) var invokedWithAnotherSecret = ""
    private(set) var invokedWithExpiredToken = ""
    /// All that SAM and the functions wrote.
    private(set) var log = ""
    /// Every token that was sent.
    private(set) var tokens: [String] = []

    enum Credential: Sendable, CaseIterable {
        case good, none, garbage, expired, otherSecret, unsigned, basic
    }

    static let secret = "a-secret-for-the-labs-of-32-bytes"
    static let recorded = Result { try SAMLife() }

    private init() throws {
        let podman = try PodmanService()
        let home = try TemporaryDirectory()
        let port = try FreePort.next()
        let sam = try RunningProcess(
            AWSTool.sam.required(),
            [
                "local", "start-api", "--template", RepositoryRoot.path("deploy/sam/template.yaml"),
                "--skip-pull-image", "--warm-containers", "LAZY", "--host", "127.0.0.1", "--port", String(port),
                "--region", AWSTool.region, "--parameter-overrides", "JwtSecret=\(Self.secret)",
            ],
            environment: AWSTool.environment(["DOCKER_HOST": podman.host, "HOME": home.path])
        )
        // SAM removes its containers when it is asked to end; podman must still be there.
        defer { withExtendedLifetime(podman) { _ = try? sam.stop(before: .seconds(60)) } }
        try sam.waitUntilListening(on: .tcp(port: port))
        for credential in Credential.allCases {
            answers[credential] = try Self.get(.tcp(port: port), field: field(credential))
        }
        invoked = try Self.invoke(port, secret: Self.secret, "{}")
        invokedWithAnotherSecret = try Self.invoke(port, secret: "another-secret-of-32-bytes-length!", "{}")
        invokedWithExpiredToken = try Self.invoke(port, secret: Self.secret, #"{"expired":true}"#)
        log = sam.allOutput
    }

    private mutating func field(_ credential: Credential) -> String? {
        let mint = TokenMint(secret: Self.secret)
        let hour = Int(Date().timeIntervalSince1970) - 3600
        let token: String
        switch credential {
        case .none: return nil
        case .basic: return "Basic YWxpY2U6c2VjcmV0"
        case .garbage: return "Bearer not.a.token"
        case .good: token = mint.token()
        case .expired: token = mint.token(["iat": .number(hour - 60), "exp": .number(hour)])
        case .otherSecret: token = TokenMint(secret: "another-secret-of-32-bytes-length!").token()
        case .unsigned:
            let parts = mint.token().split(separator: ".")
            token = TokenMint.base64url(Array(#"{"alg":"none"}"#.utf8)) + ".\(parts[1])."
        }
        tokens.append(token)
        return "Bearer \(token)"
    }

    private static func get(_ address: SocketAddress, field: String?) throws -> Answer {
        let authorization = field.map { "Authorization: \($0)\r\n" } ?? ""
        let response = try RawConnection(to: address).exchange(
            "GET /hello HTTP/1.1\r\nHost: \(address)\r\n\(authorization)Connection: close\r\n\r\n",
            before: .seconds(120)
        )
        return Answer(status: response.status, body: response.text)
    }

    private static func invoke(_ port: Int, secret: String, _ event: String) throws -> String {
        let emulator = try LambdaEmulator(
            LambdaPackages.program("apigw-invoker"),
            environment: ["API_URL": "http://127.0.0.1:\(port)/hello", "JWT_SECRET": secret]
        )
        return try emulator.invoke(event)
    }
}
