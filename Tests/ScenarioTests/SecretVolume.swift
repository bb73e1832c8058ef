import TestSupport

/// A key file that lies as Kubernetes lays out a mounted secret: `jwt -> ..data/jwt`, `..data -> ..N`. It can be changed
/// in each way in which such files really change.
struct SecretVolume {
    enum Change: CaseIterable, Sendable {
        /// A new file renamed over the old one: Vault, most editors, `authd secret rotate`.
        case rename
        /// The same inode, truncated and written.
        case inPlace
        /// A new folder, and `..data` renamed to it: the kubelet.
        case swap
    }

    let directory: TemporaryDirectory
    private var generation = 1

    /// Lays out the volume and returns the name of the key file.
    static func layOut(in directory: TemporaryDirectory, _ text: String) throws -> String {
        try directory.makeDirectory("..1")
        try directory.write(text, to: "..1/jwt")
        try directory.link("..data", to: "..1")
        try directory.link("jwt", to: "..data/jwt")
        return "jwt"
    }

    init(_ directory: TemporaryDirectory) {
        self.directory = directory
    }

    mutating func change(_ change: Change, to text: String) throws {
        switch change {
        case .rename: try directory.replace("..data/jwt", with: text)
        case .inPlace: try directory.write(text, to: "..data/jwt")
        case .swap:
            let old = "..\(generation)"
            generation += 1
            try directory.makeDirectory("..\(generation)")
            try directory.write(text, to: "..\(generation)/jwt")
            try directory.link("..data", to: "..\(generation)")
            directory.remove(old)
        }
    }
}
