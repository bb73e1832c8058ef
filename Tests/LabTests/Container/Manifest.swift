import Foundation
import TestSupport

/// A text that a ConfigMap of `deploy/kubernetes` holds.
enum Manifest {
    static let files = ["sidecar.yaml", "gateway-envoy.yaml", "istio.yaml"]

    static func path(_ file: String) -> String { RepositoryRoot.path("deploy/kubernetes/\(file)") }

    /// The block behind `key: |`, without its indentation.
    static func text(_ key: String, in file: String) throws -> String {
        let lines = try String(contentsOfFile: path(file), encoding: .utf8).components(separatedBy: "\n")
        guard let start = lines.firstIndex(of: "  \(key): |") else { throw TestSupportError("\(file) has no \(key)") }
        let block = lines[(start + 1)...].prefix { $0.isEmpty || $0.hasPrefix("    ") }
        return block.map { String($0.dropFirst(4)) }.joined(separator: "\n") + "\n"
    }
}
