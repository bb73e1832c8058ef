/// A user or group of the machine, as it was written. The daemon looks names up, at start and at reload.
package enum AccountName: Sendable, Hashable, CustomStringConvertible {
    case name(String)
    /// A uid or gid.
    case number(UInt32)

    package var description: String {
        switch self {
        case .name(let name): name
        case .number(let number): "\(number)"
        }
    }
}
