internal import StrictJSON

/// An IAM policy as an authorizer returns it. Whole resources, ready to be written.
package struct PolicyDocument: Sendable, Equatable {
    package struct Statement: Sendable, Equatable {
        package let isAllowed: Bool
        package let resources: [String]
        /// Seconds since 1970 after which it does not count; nil: no such condition.
        package let expiry: Double?
    }

    package let statements: [Statement]

    /// The longest resource that API Gateway takes, in characters.
    static let longestResource = 512

    static func deny(_ resource: String) -> PolicyDocument {
        PolicyDocument(statements: [Statement(isAllowed: false, resources: [resource], expiry: nil)])
    }

    /// Whether any statement allows.
    package var isAllowed: Bool { statements.contains(where: \.isAllowed) }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("Version")
        writer.string("2012-10-17")
        writer.name("Statement")
        writer.beginArray()
        for statement in statements {
            writer.beginObject()
            writer.name("Action")
            writer.string("execute-api:Invoke")
            writer.name("Effect")
            writer.string(statement.isAllowed ? "Allow" : "Deny")
            writer.name("Resource")
            if statement.resources.count == 1 {
                writer.string(statement.resources[0])
            } else {
                writer.beginArray()
                for resource in statement.resources { writer.string(resource) }
                writer.endArray()
            }
            if let expiry = statement.expiry, let seconds = Int64(exactly: expiry.rounded(.down)) {
                writer.name("Condition")
                writer.beginObject()
                writer.name("NumericLessThan")
                writer.beginObject()
                writer.name("aws:EpochTime")
                writer.string(String(seconds))
                writer.endObject()
                writer.endObject()
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}
