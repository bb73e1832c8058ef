import Foundation
import TestSupport

/// The package that `scripts/deb` makes of the programs in `.build/dist`.
struct LabPackage: Sendable {
    private static let first = Result { try LabPackage(suffix: nil) }
    private static let second = Result { try LabPackage(suffix: "+second") }
    /// As a release has it.
    static var current: LabPackage { get throws { try first.get() } }
    /// The same programs as a later build.
    static var later: LabPackage { get throws { try second.get() } }

    let path: String
    let version: String

    init(suffix: String?) throws {
        let arguments = suffix.map { ["--suffix", $0] } ?? []
        let build = try RunningProcess.run(RepositoryRoot.path("scripts/deb"), arguments, before: .seconds(120))
        guard build.exitStatus == .code(0), let line = build.standardOutput.split(separator: "\n").last else {
            throw TestSupportError("no package\n\(build.allOutput)")
        }
        path = RepositoryRoot.path(String(line))
        version = String(line.split(separator: "_")[1])
    }

    var bytes: [UInt8] { get throws { try Array(Data(contentsOf: URL(fileURLWithPath: path))) } }
}
