extension LocatedNode {
    /// The longest path of a Unix socket in bytes: `sun_path` with its final NUL (unix(7)).
    private static let longestSocketPath = 107

    /// The path of a file. A relative one is taken from the folder of the configuration file, not from wherever the
    /// daemon was started.
    func filePath() -> String? {
        guard let text = text(limit: 4095) else { return nil }
        guard !text.hasPrefix("~") else {
            fail(.invalidValue, "\"~\" is not expanded", hint: "write the whole path")
            return nil
        }
        guard !text.hasPrefix("/") else { return text }
        if text.hasPrefix("$") { return credentialPath(text) }
        let folder = node.place.file.lastIndex(of: "/").map { node.place.file[...$0] }
        return (folder.map(String.init) ?? "") + text
    }

    /// A path that begins with `${CREDENTIALS_DIRECTORY}/`, the one variable that there is.
    private func credentialPath(_ text: String) -> String? {
        let prefix = "${CREDENTIALS_DIRECTORY}/"
        guard text.hasPrefix(prefix) else {
            fail(.invalidValue, "no variable but ${CREDENTIALS_DIRECTORY}/ is known", hint: "write the whole path")
            return nil
        }
        return credential(String(text.dropFirst(prefix.count)))
    }

    /// The path of a credential by its name (LoadCredential=).
    func credentialPath() -> String? { text(limit: 255).flatMap(credential) }

    private func credential(_ name: String) -> String? {
        guard !name.isEmpty, !name.contains("/"), name != ".", name != "..", name.utf8.allSatisfy({ $0 > 0x20 }) else {
            fail(.invalidValue, "must be the name of a credential, as in LoadCredential=NAME:/PATH")
            return nil
        }
        guard let folder = diagnostics.credentials, folder.hasPrefix("/") else {
            let hint = "add LoadCredential=\(name):/PATH to the unit; by hand, set CREDENTIALS_DIRECTORY to the folder"
            fail(.invalidValue, "systemd has passed no credentials: CREDENTIALS_DIRECTORY is not set", hint: hint)
            return nil
        }
        return "\(folder)/\(name)"
    }

    /// The path of a Unix socket: absolute, because it is the meeting point with another program.
    func socketPath() -> String? {
        guard let text = text(limit: 4095) else { return nil }
        return Self.socketPathFailure(text).map { failure in
            fail(.invalidValue, failure)
            return nil
        } ?? text
    }

    /// Why a text is no path of a socket; nil: it is one.
    static func socketPathFailure(_ text: String) -> String? {
        guard text.hasPrefix("/") else { return "the path of a socket starts with \"/\"" }
        guard !text.hasSuffix("/") else { return "the path of a socket does not end with \"/\"" }
        guard text.utf8.count <= longestSocketPath else {
            return "the path of a socket has at most \(longestSocketPath) bytes"
        }
        guard !text.split(separator: "/").contains("..") else { return "the path of a socket has no \"..\"" }
        return nil
    }
}
