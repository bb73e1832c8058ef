import TestSupport

/// A real nginx that runs the configuration of `deploy/nginx`, with its addresses replaced and nothing else.
enum NginxSite {
    /// `authd` is where the decision is asked for, `backend` what is protected. `edit` makes further changes to
    /// `example.conf`, for example those of a careless operator.
    static func start(
        authd: SocketAddress,
        backend: SocketAddress,
        edit: (String) -> String = { $0 },
    ) throws -> NginxFixture {
        try NginxFixture(folder: RepositoryRoot.path("deploy/nginx"), main: "example.conf") {
            name,
            text,
            port,
            directory in
            let replaced =
                text
                .replacing("unix:/run/authd/decision.sock", with: authd.nginxText)
                .replacing("127.0.0.1:9090", with: backend.nginxText)
                .replacing("127.0.0.1:8000", with: "127.0.0.1:\(port)")
                .replacing("/run/nginx.pid", with: directory.file("nginx.pid"))
                .replacing("/var/log/nginx/", with: directory.path + "/")
                .replacing("user www-data;", with: "")
                .replacing("worker_processes auto;", with: "")
            return name == "example.conf" ? edit(replaced) : replaced
        }
    }
}

extension SocketAddress {
    /// As nginx writes the address of a server.
    var nginxText: String {
        switch self {
        case .tcp(let port): "127.0.0.1:\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
