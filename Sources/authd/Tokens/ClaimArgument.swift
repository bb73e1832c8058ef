internal import ArgumentParser
internal import StrictJSON

/// `--claim NAME=VALUE`: the value is JSON where it parses as JSON, else a string.
struct ClaimArgument: ExpressibleByArgument {
    let name: String
    let value: JSONValue

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex else { return nil }
        name = String(argument[..<equals])
        let text = String(argument[argument.index(after: equals)...])
        let parsed = try? JSONValue(parsing: Array(text.utf8).span, limits: .token)
        value = parsed ?? JSONValue(.string(text))
    }
}
