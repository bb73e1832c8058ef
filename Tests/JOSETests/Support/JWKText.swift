import JOSE

/// Writes JWK for tests.
enum JWKText {
    /// A JWK with `members`, a text for each, and others over them, which are JSON; nil takes one away.
    static func text(_ members: [String: String], _ changes: [String: String?] = [:]) -> String {
        var all: [String: String] = members.mapValues { "\"\($0)\"" }
        for (name, value) in changes { all[name] = value }
        return "{" + all.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    static func set(_ keys: [String]) -> String { "{\"keys\":[" + keys.joined(separator: ",") + "]}" }

    /// What every issuer with public keys could ask for.
    static let publicAlgorithms = SignatureAlgorithm.allCases.filter { !$0.isSymmetric }

    static func requirements(_ algorithms: [SignatureAlgorithm] = publicAlgorithms) -> KeyRequirements {
        KeyRequirements(algorithms: algorithms)
    }
}
