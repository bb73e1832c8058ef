/// The kernel refused something that has no file and no address.
package struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was tried, in two or three words out of a closed list.
    package let operation: String
    package let errorNumber: ErrorNumber

    init(_ operation: StaticString, _ errorNumber: ErrorNumber) {
        self.operation = operation.description
        self.errorNumber = errorNumber
    }

    /// A short text out of a closed list, safe as a metric label.
    package var label: String { errorNumber.name }

    package var description: String { "cannot \(operation): \(errorNumber)" }
}
