import Foundation
import TestSupport
import Testing

/// Which labs this machine can run. In continuous integration all of them have to.
enum LabTools {
    static let whyNotBoot: Comment =
        "booting a machine needs root, systemd-nspawn and debootstrap (scripts/bootstrap --tests)"
    static let whyNoContainers: Comment =
        "the labs' containers need root, podman, runc and debootstrap (scripts/bootstrap --tests)"

    static var canBoot: Bool { canUse(["systemd-nspawn", "debootstrap"]) }
    static var canRunContainers: Bool { canUse(["podman", "runc", "debootstrap"]) }

    /// A program that scripts/bootstrap installs with pip.
    static func wheel(_ name: String) -> String { RepositoryRoot.path(".build-tools/venv/bin/\(name)") }

    static func hasWheel(_ name: String) -> Bool {
        SystemTool.isContinuousIntegration || FileManager.default.isExecutableFile(atPath: wheel(name))
    }

    private static func canUse(_ tools: [String]) -> Bool {
        SystemTool.isContinuousIntegration || (getuid() == 0 && tools.allSatisfy { SystemTool.path(of: $0) != nil })
    }
}
