import TestSupport

/// The machine's own nginx, with the snippets of the package, in front of hello, as `docs/install.md` has it.
enum LabNginx {
    static let file = "/etc/nginx/conf.d/authd.conf"

    static func start(_ machine: Machine) throws {
        try machine.write(InstallGuide.block("nginx", containing: file), to: file)
        try machine.output("nginx -t && systemctl restart nginx")
    }

    static func remove(_ machine: Machine) throws {
        try machine.output("rm -f \(file); systemctl restart nginx")
    }
}
