/// Which steps of `ProcessHardening` were refused, for one line in the log.
package struct HardeningReport: Equatable, Sendable {
    package enum Step: String, CaseIterable, Sendable {
        case standardDescriptors = "standard_descriptors"
        case emptyCore = "empty_core"
        case notDumpable = "not_dumpable"
        case noNewPrivileges = "no_new_privileges"
        case noCoreFile = "no_core_file"
    }

    /// The steps that the kernel refused, with its reasons; empty when all is well.
    package private(set) var refused: [Step: ErrorNumber] = [:]

    package var isComplete: Bool { refused.isEmpty }

    /// The steps that are in force, by their names.
    package var inForce: [String] { Step.allCases.filter { refused[$0] == nil }.map(\.rawValue) }

    mutating func note(_ step: Step, _ failure: ErrorNumber?) {
        refused[step] = failure
    }
}

extension HardeningReport: CustomStringConvertible {
    package var description: String {
        if refused.isEmpty { return "complete" }
        return Step.allCases
            .compactMap { step in refused[step].map { "\(step.rawValue): \($0)" } }
            .joined(separator: "; ")
    }
}
