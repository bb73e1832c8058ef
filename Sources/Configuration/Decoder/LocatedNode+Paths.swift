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
        let folder = node.place.file.lastIndex(of: "/").map { node.place.file[...$0] }
        return (folder.map(String.init) ?? "") + text
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
