internal import ArgumentParser

/// How long a token lives, as it is written on a command line: a whole number and a unit, `60s`, `5m` or `24h`.
struct TokenLifetime: ExpressibleByArgument, CustomStringConvertible {
    let seconds: Int64

    private static let units: [(name: Character, seconds: Int64)] = [("s", 1), ("m", 60), ("h", 3600)]
    /// Ten years, in seconds.
    private static let longest: Int64 = 10 * 365 * 86_400

    static let minute = TokenLifetime(seconds: 60)

    init(seconds: Int64) { self.seconds = seconds }

    init?(argument: String) {
        let digits = argument.dropLast()
        guard let unit = Self.units.first(where: { $0.name == argument.last }),
            !digits.isEmpty, digits.utf8.count <= 12, digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let count = Int64(digits), (1...Self.longest).contains(count * unit.seconds)
        else { return nil }
        seconds = count * unit.seconds
    }

    var description: String { "\(seconds)s" }
    var defaultValueDescription: String { description }
}
