/// Who may use a file that is written.
package enum FilePermissions: Hashable, Sendable {
    /// Owner, group and mode of the file that is replaced; this mode where there is none.
    case likeExisting(otherwise: UInt32)
    /// This mode; the owner is the user of this process.
    case exactly(UInt32)
}
