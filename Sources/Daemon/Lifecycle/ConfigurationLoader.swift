package import Configuration
internal import Glibc
internal import Platform
internal import YAML

/// Reads and validates a configuration file, for `serve`, `check`, `explain` and every reload: one code path.
package enum ConfigurationLoader {
    /// The largest file that is read.
    private static let maximumBytes = 1 << 20

    package struct Loaded: Sendable {
        package let settings: Settings
        package let warnings: [ConfigurationError]
    }

    /// - Parameter path: the file; relative paths in it are taken from its directory.
    package static func load(_ path: String) throws(StartFailure) -> Loaded {
        let content: SecretBytes
        do {
            content = try SecureFile.read(path, limit: maximumBytes, policy: .trusted)
        } catch {
            let isPermission = error.code == .permissionDenied
            throw StartFailure(isPermission ? .noPermission : .configuration, ["\(error)"])
        }
        let parsed = content.withSpan { bytes in YAMLReader.read(bytes, file: path) }
        let node: ConfigurationNode
        switch parsed {
        case .success(let tree): node = tree
        case .failure(let error): throw StartFailure([error])
        }
        // The string is copied before anybody could change the environment.
        let credentials = unsafe getenv("CREDENTIALS_DIRECTORY").map { unsafe String(cString: $0) }
        let reading = ConfigurationReader.read(node, credentials: credentials)
        guard let settings = reading.settings, reading.errors.isEmpty else { throw StartFailure(reading.errors) }
        return Loaded(settings: settings, warnings: reading.warnings)
    }
}
