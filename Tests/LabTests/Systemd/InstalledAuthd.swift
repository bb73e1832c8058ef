import Foundation
import TestSupport

/// The package, installed and running in the machine, and put back into this state before each test.
struct InstalledAuthd {
    static let packaged = RepositoryRoot.path("deploy/debian/authd.yaml")
    static let drops = "/etc/systemd/system/authd.service.d"
    static let decision = "/run/authd/decision.sock"
    static let proxy = SocketAddress.tcp(port: 8080)
    static let admin = SocketAddress.tcp(port: 9181)
    static let nginx = SocketAddress.tcp(port: 8000)

    /// Every door at once, every decision in the log.
    static let configuration = """
        listeners:
          decision: [{ systemd: decision }]
          proxy: [{ systemd: proxy }]
          admin: [{ tcp: 127.0.0.1:9181 }]
        issuers:
          - name: local
            algorithms: [HS256]
            audiences: [hello-api]
            keys: { file: /etc/authd/secrets/jwt }
        rules:
          - name: health
            match: { path: /healthz, methods: [GET] }
            allow: anonymous
          - name: hello
            match: { path: /hello/** }
            require: { issuer: local }
            upstream: hello
        identity_headers: { X-Auth-Request-User: sub, X-Auth-Request-Groups: groups }
        upstreams: { hello: { url: "http://127.0.0.1:9090" } }
        log: { decisions: all }

        """

    let machine: Machine
    let network: LabNetwork
    /// The one that the machine's file of secrets begins with.
    let secret: LabSecret

    /// Installs the package where it is not, and starts everything with a configuration and a secret of the test's own.
    init(_ configuration: String = Self.configuration) throws {
        machine = try Machine.shared
        network = LabNetwork(of: machine.initIdentifier)
        secret = LabSecret.fresh()
        let package = try LabPackage.current
        if try machine.run("dpkg-query", "-W", "-f=${Version}", "authd").standardOutput != package.version {
            try Self.purge(machine)
            try install(package)
        }
        try machine.output("rm -rf \(Self.drops); systemctl daemon-reload; systemctl reset-failed")
        try writeSecrets([secret])
        try machine.write(configuration, to: "/etc/authd/authd.yaml")
        let sockets = configuration.contains("systemd: proxy") ? "authd.socket authd-proxy.socket" : "authd.socket"
        try machine.output(
            """
            systemctl stop authd.socket authd-proxy.socket authd.service hello.service
            systemctl start \(sockets) authd.service hello.service
            """
        )
    }

    func install(_ package: LabPackage) throws {
        try machine.copy(package.path, to: "/root/authd.deb")
        try machine.output("dpkg --force-confold -i /root/authd.deb")
    }

    static func purge(_ machine: Machine) throws {
        try machine.output("dpkg --purge authd")
    }

    /// Replaces the file as `authd secret rotate` does, by renaming a whole one over it.
    func writeSecrets(_ secrets: [LabSecret]) throws {
        try machine.write(secrets.map { $0.text + "\n" }.joined(), to: "/etc/authd/secrets/.new")
        try machine.output(
            """
            cd /etc/authd/secrets
            chown root:authd .new && chmod 0640 .new && mv .new jwt
            """
        )
    }

    var decisionSocket: SocketAddress { .unix(path: machine.path(Self.decision)) }

    /// What `/authorize` says to nginx's question about `GET /hello`.
    func ask(_ token: String?) throws -> RawResponse {
        try RawConnection(to: decisionSocket).exchange(LabRequest.question(token))
    }

    /// Asks until the answer has this status.
    func wait(for token: String, toGet status: Int) throws {
        let deadline = Deadline.usual
        while try ask(token).status != status {
            guard !deadline.isPast else { throw TestSupportError("never \(status)\n\(try log())") }
            machine.pause()
        }
    }

    /// The number of the main process, in the machine.
    func mainProcess() throws -> Int32 {
        Int32(try machine.output("systemctl show -P MainPID authd.service")) ?? 0
    }

    func log() throws -> String { try machine.output("journalctl -u authd -n 40 -o short-monotonic") }
}
