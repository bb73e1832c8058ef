import StrictJSON
import TestSupport

/// An authorizer's response, read by the tests' own eyes.
struct Response {
    let principal: String?
    let isAuthorized: Bool?
    let context: [String: String]
    private let statements: [(isAllow: Bool, resources: [String])]
    let text: String

    init(_ bytes: [UInt8]) throws {
        text = String(decoding: bytes, as: UTF8.self)
        let json = try JSONValue(parsing: bytes.span)
        principal = json["principalId"]?.string
        isAuthorized = if case .bool(let flag)? = json["isAuthorized"]?.content { flag } else { nil }
        var context: [String: String] = [:]
        if case .object(let members)? = json["context"]?.content {
            for member in members {
                guard let text = member.value.string else { throw TestSupportError("not a string: \(member.name)") }
                context[member.name] = text
            }
        }
        self.context = context
        statements = try (json["policyDocument"]?["Statement"]?.elements ?? []).map { statement in
            guard statement["Action"]?.string == "execute-api:Invoke", let effect = statement["Effect"]?.string,
                effect == "Allow" || effect == "Deny", let resource = statement["Resource"]
            else { throw TestSupportError("not a statement") }
            return (effect == "Allow", resource.elements?.compactMap(\.string) ?? [resource.string].compactMap { $0 })
        }
    }

    var allowed: [String] { statements.filter(\.isAllow).flatMap(\.resources) }
    var denied: [String] { statements.filter { !$0.isAllow }.flatMap(\.resources) }

    /// Whether the policy lets a request with the ARN through: an Allow that fits, and no Deny.
    func allows(_ arn: String) -> Bool {
        allowed.contains { IAMPattern($0).matches(arn) } && !denied.contains { IAMPattern($0).matches(arn) }
    }
}

/// IAM's wildcards, by a table of all prefixes: another way than the product's.
struct IAMPattern {
    private let pattern: [UInt8]

    init(_ text: String) { pattern = Array(text.utf8) }

    func matches(_ text: String) -> Bool {
        // What stands before the first wildcard is compared at once.
        let start = pattern.prefix { $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "?") }
        guard text.utf8.starts(with: start) else { return false }
        return Self.matches(pattern[start.count...], Substring(text).utf8.dropFirst(start.count))
    }

    private static func matches(_ pattern: ArraySlice<UInt8>, _ text: Substring.UTF8View) -> Bool {
        // Which prefixes of the text the pattern so far matches.
        var reached = [true] + [Bool](repeating: false, count: text.count)
        for sign in pattern {
            var next = [Bool](repeating: false, count: reached.count)
            if sign == UInt8(ascii: "*") {
                var isReached = false
                for index in reached.indices {
                    isReached = isReached || reached[index]
                    next[index] = isReached
                }
            } else {
                for (index, byte) in text.enumerated() where sign == UInt8(ascii: "?") || sign == byte {
                    next[index + 1] = reached[index]
                }
            }
            reached = next
        }
        return reached.last ?? false
    }
}
