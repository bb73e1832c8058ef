/// The faults that one pass over a configuration finds. Belongs to one reader and is passed along by reference.
final class Diagnostics {
    /// As many errors are worth reading before the first ones are mended; the same for warnings.
    static let most = 20

    /// The folder that `${CREDENTIALS_DIRECTORY}` stands for in paths; nil: there is none.
    let credentials: String?

    private(set) var errors: [ConfigurationError] = []
    private(set) var warnings: [ConfigurationError] = []
    /// How many errors there were beyond `most`.
    private(set) var omitted = 0

    init(credentials: String? = nil) {
        self.credentials = credentials
    }

    /// Whether further errors would only be counted, so that hints for them need not be found.
    var isFull: Bool { errors.count >= Self.most }
    var hasErrors: Bool { !errors.isEmpty }
    /// How many errors there have been, so that whoever reads a part can tell whether all of it could be read.
    var faults: Int { errors.count + omitted }

    func add(_ error: ConfigurationError) {
        guard !isFull else {
            omitted += 1
            return
        }
        errors.append(error)
    }

    func warn(_ warning: ConfigurationError) {
        guard warnings.count < Self.most else { return }
        warnings.append(warning)
    }

    /// The errors in the order of the file: checks that need the whole of it find theirs last.
    var sortedErrors: [ConfigurationError] { Self.sorted(errors) }
    var sortedWarnings: [ConfigurationError] { Self.sorted(warnings) }

    private static func sorted(_ list: [ConfigurationError]) -> [ConfigurationError] {
        list.enumerated().sorted { left, right in
            let (a, b) = (left.element.place, right.element.place)
            return (a.line, a.column, left.offset) < (b.line, b.column, right.offset)
        }.map(\.element)
    }
}
