import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// What the documents show works as it is shown.
    @Suite struct DocumentationTests {
        @Test func every_configuration_in_the_documents_is_valid() throws {
            let blocks = try FencedBlocks.read("docs/configuration.md", language: "yaml")
            #expect(!blocks.isEmpty)
            for block in blocks {
                let directory = try TemporaryDirectory()
                try directory.write("a-shared-secret-of-32-bytes-long", to: "jwt", mode: 0o600)
                // The one thing that is not there on every machine: the key file itself.
                let text = block.replacing("/etc/authd/secrets/jwt", with: directory.file("jwt"))
                try directory.write(text, to: "authd.yaml")
                let check = try RunningProcess.run(
                    BuiltProducts.program("authd"),
                    ["check", "--config", directory.file("authd.yaml")]
                )
                #expect(check.exitStatus == .code(0), "\(check.allOutput)")
            }
        }

        @Test func the_readmes_nginx_snippet_protects_a_backend() throws {
            let snippet = try #require(FencedBlocks.read("README.md", language: "nginx").first)
            let parts = snippet.components(separatedBy: "# the server block\n")
            try #require(parts.count == 2)
            let backend = try RecordingUpstream(on: .tcp(port: FreePort.next())) { _ in .hello }
            let daemon = try DaemonFixture()
            let folder = try TemporaryDirectory()
            try folder.write("# replaced", to: "example.conf")
            let nginx = try NginxFixture(folder: folder.path, main: "example.conf") { _, _, port, directory in
                """
                pid \(directory.file("nginx.pid")); error_log \(directory.file("error.log"));
                events {}
                http {
                    access_log off;
                    client_body_temp_path \(directory.file("body")); proxy_temp_path \(directory.file("proxy"));
                    fastcgi_temp_path \(directory.file("fastcgi")); uwsgi_temp_path \(directory.file("uwsgi"));
                    scgi_temp_path \(directory.file("scgi"));
                    upstream backend { server \(backend.address.nginxText); }
                    \(parts[0].replacing("/run/authd/decision.sock", with: String(daemon.decisionSocket.nginxText.dropFirst("unix:".count))))
                    server { listen 127.0.0.1:\(port); \(parts[1]) }
                }
                """
            }
            let token = TokenMint(secret: DaemonConfiguration.secret).token(["sub": "alice"])
            let allowed = try RawConnection(to: nginx.address).exchange(
                "GET /hello HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\nConnection: close\r\n\r\n"
            )
            #expect(allowed.status == 200)
            let denied = try RawConnection(to: nginx.address).exchange(
                "GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )
            #expect(denied.status == 401)
            #expect(denied["WWW-Authenticate"] == #"Bearer realm="authd""#)
            #expect(backend.requests.count == 1)
        }
    }
}
