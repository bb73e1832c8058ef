import Foundation
import TestSupport
import Testing

extension ContainerLab {
    /// The Envoy of `deploy/kubernetes/gateway-envoy.yaml`, the real one, in front of the authd of the same file.
    @Suite(.enabled(if: LabTools.hasWheel("envoy"), "Envoy is not installed (scripts/bootstrap --tests)"))
    struct GatewayTests {
        @Test func envoy_lets_through_what_authd_approves_and_nothing_else() throws {
            let folder = try TemporaryDirectory()
            let (decision, admin, door) = (try FreePort.next(), try FreePort.next(), try FreePort.next())
            let backend = try RecordingUpstream()
            guard case .tcp(let behind) = backend.address else { throw TestSupportError("the backend has no port") }
            let secret = LabSecret.fresh()
            try folder.makeDirectory("secrets")
            try folder.write(secret.text, to: "secrets/jwt", mode: 0o400)
            let settings = try Manifest.text("authd.yaml", in: "gateway-envoy.yaml")
                .replacing("/etc/authd", with: folder.path)
                .replacing("127.0.0.1:9180", with: "127.0.0.1:\(decision)")
                .replacing("0.0.0.0:9181", with: "127.0.0.1:\(admin)")
            let proxy = try Manifest.text("envoy.yaml", in: "gateway-envoy.yaml")
                .replacing("/run/envoy/admin.sock", with: folder.file("admin.sock"))
                .replacing("address: 0.0.0.0, port_value: 8080", with: "address: 127.0.0.1, port_value: \(door)")
                .replacing("port_value: 9180", with: "port_value: \(decision)")
                .replacing(
                    "address: hello.services.svc.cluster.local, port_value: 80",
                    with: "address: 127.0.0.1, port_value: \(behind)"
                )
            let authd = try RunningProcess(
                RepositoryRoot.path(".build/dist/authd"),
                ["serve", "--config", folder.write(settings, to: "authd.yaml")]
            )
            try authd.waitForLine(containing: "ready")
            let envoy = try RunningProcess(
                LabTools.wheel("envoy"),
                ["--config-path", folder.write(proxy, to: "envoy.yaml"), "--disable-hot-restart", "--concurrency", "1"]
            )
            try envoy.waitForLine(containing: "starting main dispatch loop")

            func ask(_ target: String, _ token: String?, fields: [String] = []) throws -> RawResponse {
                try RawConnection(to: .tcp(port: door)).exchange(LabRequest.get(target, token, fields: fields))
            }
            let allowed = try ask("/hello/x", secret.token(), fields: ["X-Auth-Request-Groups: root"])
            #expect(allowed.status == 200)
            let forwarded = try #require(backend.requests.first)
            #expect(forwarded.values("X-Auth-Request-User") == ["alice"])
            #expect(forwarded.values("X-Auth-Request-Groups").allSatisfy { $0.isEmpty })
            let refused = try ask("/hello/x", nil)
            #expect(refused.status == 401)
            #expect(refused["WWW-Authenticate"] == #"Bearer realm="authd""#)
            #expect(try ask("/hello/x", LabSecret.fresh().token()).status == 401)
            #expect([400, 403].contains(try ask("/hello/%2e%2e/x", secret.token()).status))
            #expect(try ask("/gateway-ready", nil).status == 200)
            #expect(backend.requests.count == 1)
            try authd.stop()
            #expect(try ask("/hello/x", secret.token()).status == 503)
            #expect(backend.requests.count == 1)
            try envoy.stop()
        }
    }
}
