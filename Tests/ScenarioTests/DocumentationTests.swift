import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// What the documents show works as it is shown.
    @Suite struct DocumentationTests {
        @Test func every_configuration_in_the_documents_is_valid() throws {
            let documents = ["README.md", "docs/configuration.md", "docs/aws.md"]
            let blocks = try documents.flatMap { try FencedBlocks.read($0, language: "yaml") }
            #expect(blocks.count >= 7)
            for block in blocks {
                let files = try DocumentedFiles(block)
                let check = try RunningProcess.run(BuiltProducts.program("authd"), ["check", "--config", files.path])
                #expect(check.exitStatus == .code(0), "\(check.allOutput)\n\(block)")
                #expect(!check.standardError.contains("warning"), "\(check.allOutput)\n\(block)")
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
