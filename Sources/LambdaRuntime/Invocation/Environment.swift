internal import Glibc

/// The environment variables of the process, or of a test.
package struct Environment: Sendable {
    private let variables: [String: [UInt8]]?

    /// A made one.
    package init(_ variables: [String: String]) {
        self.variables = variables.mapValues { Array($0.utf8) }
    }

    private init() { variables = nil }

    /// That of the process, looked up when it is asked for.
    package static let process = Environment()

    /// Whether this is the process's own, which others can read.
    var isOfProcess: Bool { variables == nil }

    /// The variable's text; nil where it is not set or empty, which Lambda's console cannot tell apart either.
    package subscript(_ name: String) -> String? {
        bytes(name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The variable's bytes as they stand; nil where it is not set or empty.
    package func bytes(_ name: String) -> [UInt8]? {
        let found = if let variables { variables[name] } else { Self.read(name) }
        guard let found, !found.isEmpty else { return nil }
        return found
    }

    private static func read(_ name: String) -> [UInt8]? {
        guard let value = unsafe getenv(name) else { return nil }
        // Safe: the text ends in NUL and is copied before anybody can change the environment.
        let bytes = unsafe UnsafeRawBufferPointer(start: value, count: strlen(value))
        return unsafe Array(bytes)
    }
}
