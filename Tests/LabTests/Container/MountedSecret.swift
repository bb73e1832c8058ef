import Foundation
import TestSupport

/// A Secret as the kubelet mounts it: `jwt -> ..data/jwt`, `..data -> ..N`, and a new one by renaming a link over `..data`.
struct MountedSecret {
    let directory: TemporaryDirectory
    private var generation = 0
    /// The group of the pod's volumes.
    private static let group = 65532

    init(_ secrets: [LabSecret]) throws {
        directory = try TemporaryDirectory()
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory.path)
        try swap(to: secrets)
        try directory.link("jwt", to: "..data/jwt")
    }

    mutating func swap(to secrets: [LabSecret]) throws {
        let old = "..\(generation)"
        generation += 1
        let folder = "..\(generation)"
        try directory.makeDirectory(folder)
        try directory.write(secrets.map { $0.text + "\n" }.joined(), to: "\(folder)/jwt", mode: 0o440)
        for (name, mode) in [(folder, 0o755), ("\(folder)/jwt", 0o440)] {
            try FileManager.default.setAttributes(
                [.posixPermissions: mode, .groupOwnerAccountID: Self.group],
                ofItemAtPath: directory.file(name)
            )
        }
        try directory.link("..data", to: folder)
        directory.remove(old)
    }
}
